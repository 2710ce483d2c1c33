// Writes what AWS publishes about the resource types that the templates use: their properties, which are required, their
// values' types, and their attributes. Run by hand where Node is, after a template uses a new type or AWS adds a property:
//
//   npm install --no-save --prefix /tmp/resource-types @aws-cdk/aws-service-spec@0.1.216
//   NODE_PATH=/tmp/resource-types/node_modules node cloudformation/resource-types.mjs
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(process.env.NODE_PATH + '/');
const { loadAwsServiceSpecSync } = require('@aws-cdk/aws-service-spec');
const version = JSON.parse(readFileSync(join(process.env.NODE_PATH, '@aws-cdk/aws-service-spec/package.json'))).version;
const folder = dirname(fileURLToPath(import.meta.url));

// bin/deploy writes the queries' template.
const used = new Set(['AWS::Athena::NamedQuery']);
for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  for (const [, type] of readFileSync(join(folder, file), 'utf8').matchAll(/^ {4}Type: (AWS::\w+::\w+)$/gm)) {
    used.add(type);
  }
}

const db = loadAwsServiceSpecSync();
const definitions = {};

// One of: "string", "number", "integer", "boolean", "json", {"list": …}, {"map": …}, {"values": [...]}, {"object": name}, {"any": […]}
function shape(type, resource) {
  switch (type.type) {
    case 'array': return { list: shape(type.element, resource) };
    case 'map': return { map: shape(type.element, resource) };
    case 'ref': return { object: define(type.reference.$ref, resource) };
    case 'union': return { any: type.types.map((each) => shape(each, resource)) };
    case 'tag': return { object: 'Tag' };
    case 'string': return type.allowedValues ? { values: type.allowedValues } : 'string';
    case 'date-time': return 'string';
    default: return type.type;
  }
}

function properties(entity, resource) {
  return Object.fromEntries(Object.entries(entity.properties).sort().map(([name, property]) =>
    [name, { ...(property.required ? { required: true } : {}), type: shape(property.type, resource) }]));
}

function define(id, resource) {
  const entity = db.get('typeDefinition', id);
  const name = `${resource}.${entity.name}`;
  if (!(name in definitions)) {
    definitions[name] = {};
    definitions[name] = properties(entity, resource);
  }
  return name;
}

const resources = Object.fromEntries([...used].sort().map((type) => {
  const entity = db.lookup('resource', 'cloudFormationType', 'equals', type).only();
  return [type, { attributes: Object.keys(entity.attributes).sort(), properties: properties(entity, type) }];
}));
definitions.Tag = { Key: { required: true, type: 'string' }, Value: { required: true, type: 'string' } };

const lines = (object) => Object.keys(object).sort().map((key) => `  ${JSON.stringify(key)}: ${JSON.stringify(object[key])}`).join(',\n');
const target = join(folder, 'src/test/resources/resource-types.json');
writeFileSync(target, `{"source": "@aws-cdk/aws-service-spec ${version}",\n"resources": {\n${lines(resources)}\n},\n"definitions": {\n${lines(definitions)}\n}}\n`);
console.log(`${target}: ${used.size} resource types, ${Object.keys(definitions).length} definitions`);
