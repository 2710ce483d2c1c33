# The template of the saved queries; sourced by bin/deploy.

# The saved queries: file name = name, first comment line = description, databases with the namespaces' prefix.
write_queries_template() {
    cat <<'EOF'
AWSTemplateFormatVersion: '2010-09-09'
Description: >-
  retail-lakehouse 7 of 7, queries: the questions of data/queries, saved in the analysts' workgroup. Written by bin/deploy from these files.

Parameters:
  ProjectName:
    Type: String
    Default: retail-lakehouse
    Description: Prefix of every name and export; the same in all templates.
    AllowedPattern: '[a-z][a-z0-9-]{1,30}[a-z0-9]'
    ConstraintDescription: 3 to 32 lower-case letters, digits and hyphens, the first a letter, the last no hyphen.
  NamespacePrefix:
    Type: String
    Default: ''
    Description: What stands before the databases' names; the same as in lake.yaml.
    AllowedPattern: '[a-z0-9_]{0,40}'
    ConstraintDescription: up to 40 lower-case letters, digits and underscores.

Resources:
EOF
    for query in "$project"/data/queries/*.sql; do
        awk -v name="$(basename "$query" .sql)" '
            NR == 1 {
                id = ""
                words = split(name, word, /[^A-Za-z0-9]+/)
                for (i = 1; i <= words; i++) id = id toupper(substr(word[i], 1, 1)) substr(word[i], 2)
                description = $0
                sub(/^--[ \t]*/, "", description)
                gsub(/\047/, "\047\047", description)
                print "  " id ":"
                print "    Type: AWS::Athena::NamedQuery"
                print "    Properties:"
                print "      Name: " name
                print "      Description: \047" substr(description, 1, 1000) "\047"
                print "      Database: !Sub \047${NamespacePrefix}gold\047"
                print "      WorkGroup: {\047Fn::ImportValue\047: !Sub \047${ProjectName}-WorkGroup\047}"
                print "      QueryString: !Sub |"
            }
            {
                gsub(/\$\{/, "${!")
                rest = " " $0
                line = ""
                while (match(rest, /[^A-Za-z0-9_.](bronze|silver|gold|ops)\.["a-z]/)) {
                    line = line substr(rest, 1, RSTART) "${NamespacePrefix}" substr(rest, RSTART + 1, RLENGTH - 2)
                    rest = substr(rest, RSTART + RLENGTH - 1)
                }
                print "        " substr(line rest, 2)
            }' "$query"
    done
}
