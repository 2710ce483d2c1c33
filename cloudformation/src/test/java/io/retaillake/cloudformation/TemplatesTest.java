package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for every template. */
class TemplatesTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9:]+)(\\.[A-Za-z.]+)?}");

    /** What a stack must not delete or replace by accident. */
    private static final Set<String> HOLDS_DATA = Set.of(
            "AWS::S3::Bucket",
            "AWS::KMS::Key",
            "AWS::Glue::Database",
            "AWS::SecretsManager::Secret",
            "AWS::Logs::LogGroup",
            "AWS::SQS::Queue",
            "AWS::RDS::DBInstance");

    @Test
    void describesAndConstrainsEveryParameter() {
        List<String> problems = new ArrayList<>();
        for (Template template : Template.all()) {
            for (Map.Entry<String, JsonNode> parameter : Template.fields(template.parameters())) {
                JsonNode declared = parameter.getValue();
                String name = template.name() + "." + parameter.getKey();
                if (!declared.path("Description").asText().matches("(?s).{10,}\\.")) {
                    problems.add(name + " has no sentence as its description");
                }
                if (!declared.has("AllowedPattern")
                        && !declared.has("AllowedValues")
                        && !(declared.has("MinValue") && declared.has("MaxValue"))) {
                    problems.add(name + " has no constraint");
                }
                if (!declared.has("ConstraintDescription")) {
                    problems.add(name + " does not say what is allowed");
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void keepsEveryDefaultWithinItsConstraints() {
        List<String> problems = new ArrayList<>();
        for (Template template : Template.all()) {
            for (Map.Entry<String, JsonNode> parameter : Template.fields(template.parameters())) {
                JsonNode declared = parameter.getValue();
                String value = declared.path("Default").asText();
                if (!declared.has("Default")) {
                    continue;
                }
                boolean matches = !declared.has("AllowedPattern")
                        || value.matches(declared.path("AllowedPattern").asText());
                boolean isAllowed = !declared.has("AllowedValues")
                        || texts(declared.path("AllowedValues")).contains(value);
                boolean isInRange = !declared.has("MinValue")
                        || (Long.parseLong(value) >= declared.path("MinValue").asLong()
                                && Long.parseLong(value)
                                        <= declared.path("MaxValue").asLong());
                if (!matches || !isAllowed || !isInRange) {
                    problems.add(template.name() + "." + parameter.getKey() + ": '" + value + "'");
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void usesEveryParameterConditionAndMapping() {
        for (Template template : Template.all()) {
            Set<String> used = names(template);
            Set<String> declared = new LinkedHashSet<>();
            template.parameters().fieldNames().forEachRemaining(declared::add);
            template.root().path("Conditions").fieldNames().forEachRemaining(declared::add);
            template.root().path("Mappings").fieldNames().forEachRemaining(declared::add);
            assertThat(used).as(template.name()).containsAll(declared);
        }
    }

    @Test
    void resolvesEveryReferenceAlsoOfWhatConditionsLeaveOut() {
        List<String> problems = new ArrayList<>();
        for (Template template : Template.all()) {
            Set<String> known = new LinkedHashSet<>(Functions.PSEUDO_PARAMETERS.keySet());
            known.add("AWS::NoValue");
            template.parameters().fieldNames().forEachRemaining(known::add);
            template.resources().fieldNames().forEachRemaining(known::add);
            for (String name : references(template)) {
                if (!known.contains(name)) {
                    problems.add(template.name() + ": " + name);
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void importsOnlyWhatATemplateBeforeExports() {
        // Evaluating fails on an import without its export, with the conditions as they are by default and all switched
        // on.
        Deployment deployment = Deployment.byDefault();
        assertThat(deployment.duplicateExports()).isEmpty();
        assertThat(Deployments.withAllOptions().exports()).containsAllEntriesOf(deployment.exports());
    }

    @Test
    void exportsNothingThatNobodyImports() {
        Set<String> imported = new LinkedHashSet<>();
        Template.all()
                .forEach(template -> Template.uses(template.root(), "Fn::ImportValue")
                        .forEach(use -> imported.add(use.path("Fn::Sub").asText())));
        // The queries' template, which bin/deploy writes, imports it.
        imported.add("${ProjectName}-WorkGroup");
        Set<String> exported = new LinkedHashSet<>();
        Template.all()
                .forEach(template -> template.outputs().forEach(output -> {
                    if (output.has("Export")) {
                        exported.add(output.path("Export")
                                .path("Name")
                                .path("Fn::Sub")
                                .asText());
                    }
                }));
        assertThat(exported).isEqualTo(imported);
    }

    @Test
    void neverDeletesDataByAccident() {
        List<String> problems = new ArrayList<>();
        for (Template template : Template.all()) {
            for (Map.Entry<String, JsonNode> resource : Template.fields(template.resources())) {
                String type = resource.getValue().path("Type").asText();
                // Events' data is all in their bucket, a stream's and a log's all in the lake.
                boolean isDerived = Set.of("events", "streaming", "logs").contains(template.name())
                        && !Set.of("AWS::S3::Bucket", "AWS::SecretsManager::Secret")
                                .contains(type);
                if (!HOLDS_DATA.contains(type) || isDerived) {
                    continue;
                }
                boolean isDatabase = type.equals("AWS::RDS::DBInstance");
                // Kept by the rollback of a first creation as well, it would be in the next one's way by its fixed
                // name.
                String onDeletion = isDatabase ? "Snapshot" : "RetainExceptOnCreate";
                String onReplacement = isDatabase ? "Snapshot" : "Retain";
                if (!resource.getValue().path("DeletionPolicy").asText().equals(onDeletion)
                        || !resource.getValue()
                                .path("UpdateReplacePolicy")
                                .asText()
                                .equals(onReplacement)) {
                    problems.add(template.name() + "." + resource.getKey() + " is not kept by " + onDeletion + " and "
                            + onReplacement);
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void tagsEveryResourceThatHasTags() {
        ResourceTypes types = ResourceTypes.load();
        List<String> untagged = new ArrayList<>();
        for (Template template : Template.all()) {
            for (Map.Entry<String, JsonNode> resource : Template.fields(template.resources())) {
                String type = resource.getValue().path("Type").asText();
                // A key, an endpoint, a rule and the like get the stack's tags, which bin/deploy sets.
                if (types.properties(type).has("Tags")
                        && Set.of(
                                        "AWS::EC2::VPC",
                                        "AWS::S3::Bucket",
                                        "AWS::RDS::DBInstance",
                                        "AWS::Glue::Job",
                                        "AWS::IAM::Role")
                                .contains(type)
                        && resource.getValue().path("Properties").path("Tags").isMissingNode()) {
                    untagged.add(template.name() + "." + resource.getKey());
                }
            }
        }
        assertThat(untagged).isEmpty();
    }

    @Test
    void namesNoAccountRegionOrPassword() {
        for (Template template : Template.all()) {
            JsonNode resources = template.resources();
            assertThat(resources.toString())
                    .as(template.name())
                    .doesNotContainPattern("\\b\\d{12}\\b")
                    .doesNotContain("ap-northeast-2")
                    .doesNotContain("arn:aws:");
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static Set<String> names(Template template) {
        Set<String> names = references(template);
        template.root().findValuesAsText("Condition").forEach(names::add);
        for (JsonNode use : Template.uses(template.root(), "Fn::If")) {
            names.add(use.get(0).asText());
        }
        for (JsonNode use : Template.uses(template.root(), "Fn::FindInMap")) {
            names.add(use.get(0).asText());
        }
        return names;
    }

    /** What Ref, GetAtt and Sub name, without a Sub's own variables. */
    private static Set<String> references(Template template) {
        Set<String> names = new LinkedHashSet<>();
        Template.uses(template.root(), "Ref").forEach(use -> names.add(use.asText()));
        Template.uses(template.root(), "Fn::GetAtt")
                .forEach(use -> names.add(use.get(0).asText()));
        for (JsonNode use : Template.uses(template.root(), "Fn::Sub")) {
            JsonNode own = use.isArray() ? use.get(1) : MissingNode.getInstance();
            Matcher variables = VARIABLE.matcher(use.isArray() ? use.get(0).asText() : use.asText());
            while (variables.find()) {
                if (!own.has(variables.group(1))) {
                    names.add(variables.group(1));
                }
            }
        }
        return names;
    }
}
