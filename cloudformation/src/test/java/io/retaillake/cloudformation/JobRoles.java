package io.retaillake.cloudformation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobDefinition.FileAccess;
import io.retaillake.common.registry.SourceUser;
import io.retaillake.common.registry.TableRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The roles of the Glue jobs in {@code jobs.yaml}, as YAML: each may do what its job's definition says. */
final class JobRoles {

    private static final String WRITE_FILES = "[s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload]";

    /** Where users' tables lie; what defines them lies in {@link #DEFINITIONS}. */
    private static final String USERS_FILES = "data/tables/*";

    private static final String DEFINITIONS = "tables/*";

    private static final List<Layer> USERS_LAYERS = List.of(Layer.SILVER, Layer.GOLD);

    private final TableRegistry tables;

    JobRoles(TableRegistry tables) {
        this.tables = tables;
    }

    /** The policy of the jobs that read every table. */
    String readEveryTablePolicy() {
        return """
                  # Jobs that look at the whole lake.
                  ReadEveryTablePolicy:
                    Type: AWS::IAM::ManagedPolicy
                    Properties:
                      Description: Every table, to read
                      PolicyDocument:
                        Version: '2012-10-17'
                        Statement:
                """ + indented(10, read(ofJobs()) + readUsersTables());
    }

    /** The tables that jobs of their own compute; the others lie where users' tables do. */
    private List<TableContract> ofJobs() {
        return tables.contracts().stream()
                .filter(contract -> !contract.isDefinedInSql())
                .toList();
    }

    /** Which tables there are beyond the registry's is asked of the catalog, of silver and gold. */
    private static String readUsersTables() {
        return statement("ReadUsersFiles", "s3:GetObject", List.of(object(USERS_FILES)))
                + statement("ReadUsersTables", "[glue:GetDatabase, glue:GetTable, glue:GetTables]", usersCatalog());
    }

    /** IAM knows a table by its name only; that users' files lie below one folder bounds what can be done to another's. */
    private String buildUsersTables() {
        List<String> others = tables.contracts().stream()
                .filter(contract -> USERS_LAYERS.contains(contract.layer()))
                .filter(contract -> !contract.isDefinedInSql())
                .map(JobRoles::table)
                .toList();
        return statement("ReadDefinitions", "s3:GetObject", List.of(object(DEFINITIONS)))
                + statement("WriteUsersFiles", WRITE_FILES, List.of(object(USERS_FILES)))
                + statement(
                        "WriteUsersTables",
                        "[glue:GetDatabase, glue:GetTable, glue:CreateTable, glue:UpdateTable]",
                        usersCatalog())
                + statement("OthersTables", "[glue:CreateTable, glue:UpdateTable]", others)
                        .replace("Effect: Allow", "Effect: Deny");
    }

    private static String maintainUsersTables() {
        return statement("WriteUsersFiles", WRITE_FILES, List.of(object(USERS_FILES)))
                + statement(
                        "WriteUsersTables",
                        "[glue:GetDatabase, glue:GetTable, glue:GetTables, glue:UpdateTable]",
                        usersCatalog());
    }

    private static List<String> usersCatalog() {
        List<String> resources = new ArrayList<>(List.of(glue("catalog")));
        USERS_LAYERS.forEach(layer -> resources.add(glue("database/${NamespacePrefix}" + layer.namespace())));
        USERS_LAYERS.forEach(layer -> resources.add(glue("table/${NamespacePrefix}" + layer.namespace() + "/*")));
        return resources;
    }

    /** The role of a job. */
    String of(JobDefinition job) {
        List<String> shared = new ArrayList<>(List.of("RuntimePolicy"));
        if (job.records()) {
            shared.add("LakePolicy");
        }
        if (job.connects()) {
            shared.add("NetworkPolicy");
        }
        if (job.sourceUser() == SourceUser.READER) {
            shared.add("ReadSourcePolicy");
        }
        if (readsEveryTable(job)) {
            shared.add("ReadEveryTablePolicy");
        }
        String own = statements(job);
        String policies = own.isEmpty() ? "" : """
                              Policies:
                                - PolicyName: @Job@
                                  PolicyDocument:
                                    Version: '2012-10-17'
                                    Statement:
                        """ + indented(14, own);
        return """
                  @Job@Role:
                    Type: AWS::IAM::Role
                    Properties:
                      Description: @Job@ of the retail-lakehouse
                      AssumeRolePolicyDocument:
                        Version: '2012-10-17'
                        Statement:
                          - {Effect: Allow, Principal: {Service: glue.amazonaws.com}, Action: 'sts:AssumeRole'}
                      ManagedPolicyArns:
                @Shared@@Policies@      Tags:
                        - {Key: project, Value: !Ref ProjectName}
                """.replace(
                        "@Shared@",
                        shared.stream()
                                .map(policy -> "        - !Ref " + policy + "\n")
                                .collect(joining()))
                .replace("@Policies@", policies)
                .replace("@Job@", job.name());
    }

    private static boolean readsEveryTable(JobDefinition job) {
        return job.reads().contains(JobDefinition.EVERY_TABLE);
    }

    /** What a job may do beyond what several jobs share, as the statements of a policy. */
    String statements(JobDefinition job) {
        StringBuilder statements = new StringBuilder();
        if (job.sourceUser() == SourceUser.ADMINISTRATOR) {
            statements.append("""
                    - Sid: BothSecrets
                      Effect: Allow
                      Action: secretsmanager:GetSecretValue
                      Resource:
                        - {'Fn::ImportValue': !Sub '${ProjectName}-AdministratorSecretArn'}
                        - {'Fn::ImportValue': !Sub '${ProjectName}-ReaderSecretArn'}
                    - !If
                      - HasKmsKey
                      - {Sid: DecryptSecrets, Effect: Allow, Action: kms:Decrypt, Resource: !Ref KmsKeyArn}
                      - !Ref AWS::NoValue
                    """);
        }
        job.files().forEach(access -> statements.append(files(access)));
        if (!readsEveryTable(job)) {
            statements.append(read(contracts(job.reads())));
        }
        if (job.buildsUsersTables()) {
            statements.append(buildUsersTables());
        } else {
            statements.append(write(job, contracts(job.writes())));
        }
        if (job.maintains()) {
            statements.append(maintain(ofJobs())).append(maintainUsersTables());
        }
        return statements.toString();
    }

    private List<TableContract> contracts(List<String> names) {
        return names.stream().map(tables::contract).toList();
    }

    private static String files(FileAccess access) {
        return switch (access.kind()) {
            // A folder is asked for by its name, too.
            case READ ->
                statement("ReadDelivery", "s3:GetObject", List.of(object(access.path()), object(access.path() + "/*")));
            case WRITE ->
                statement("WriteFiles", "[s3:PutObject, s3:AbortMultipartUpload]", List.of(object(access.path())));
            case TRY ->
                statement(
                        "TryTheLake", "[s3:GetObject, s3:PutObject, s3:DeleteObject]", List.of(object(access.path())));
        };
    }

    private static String read(List<TableContract> contracts) {
        StringBuilder statements = new StringBuilder();
        byLayer(contracts)
                .forEach((layer, ofLayer) -> statements
                        .append(statement("Read" + titled(layer) + "Files", "s3:GetObject", folders(ofLayer)))
                        .append(statement(
                                "Read" + titled(layer) + "Tables", "glue:GetTable", catalog(layer, ofLayer))));
        return statements.toString();
    }

    private static String write(JobDefinition job, List<TableContract> contracts) {
        StringBuilder statements = new StringBuilder();
        byLayer(contracts).forEach((layer, ofLayer) -> {
            statements.append(statement("Write" + titled(layer) + "Files", WRITE_FILES, folders(ofLayer)));
            if (job.stage().inPipeline()) {
                statements.append(statement(
                        "Write" + titled(layer) + "Tables",
                        "[glue:GetDatabase, glue:GetTable, glue:CreateTable, glue:UpdateTable]",
                        catalog(layer, ofLayer)));
            } else {
                // A job of the pipeline makes the table, unless this one is a lake's first.
                statements
                        .append(statement(
                                "Write" + titled(layer) + "Tables",
                                "[glue:GetTable, glue:UpdateTable]",
                                catalog(layer, ofLayer)))
                        .append(statement(
                                "Make" + titled(layer) + "Tables",
                                "[glue:GetDatabase, glue:CreateTable]",
                                catalog(layer, ofLayer)));
            }
        });
        return statements.toString();
    }

    /** What a job may do that rewrites and removes files; the record of runs is in {@code LakePolicy}. */
    private static String maintain(List<TableContract> contracts) {
        StringBuilder statements = new StringBuilder();
        byLayer(contracts).forEach((layer, ofLayer) -> {
            if (layer != Layer.OPS) {
                statements
                        .append(statement("Write" + titled(layer) + "Files", WRITE_FILES, folders(ofLayer)))
                        .append(statement(
                                "Write" + titled(layer) + "Tables",
                                "[glue:GetTable, glue:UpdateTable]",
                                catalog(layer, ofLayer)));
            }
        });
        return statements.toString();
    }

    private static Map<Layer, List<TableContract>> byLayer(List<TableContract> contracts) {
        return contracts.stream().collect(groupingBy(TableContract::layer, TreeMap::new, toList()));
    }

    private static String titled(Layer layer) {
        String name = layer.namespace();
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static List<String> folders(List<TableContract> contracts) {
        return contracts.stream()
                .map(contract -> object(contract.folder() + "/*"))
                .toList();
    }

    private static List<String> catalog(Layer layer, List<TableContract> contracts) {
        List<String> resources =
                new ArrayList<>(List.of(glue("catalog"), glue("database/${NamespacePrefix}" + layer.namespace())));
        contracts.forEach(contract -> resources.add(table(contract)));
        return resources;
    }

    private static String table(TableContract contract) {
        return glue("table/${NamespacePrefix}" + contract.layer().namespace() + "/" + contract.name());
    }

    private static String object(String key) {
        return "!Sub ['${Bucket}/" + key + "', {Bucket: {'Fn::ImportValue': !Sub '${ProjectName}-BucketArn'}}]";
    }

    private static String glue(String resource) {
        return "!Sub 'arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:" + resource + "'";
    }

    private static String statement(String sid, String actions, List<String> resources) {
        return "- Sid: " + sid + "\n  Effect: Allow\n  Action: " + actions + "\n  Resource:\n"
                + resources.stream().map(resource -> "    - " + resource + "\n").collect(joining());
    }

    /** Lines, each that many columns further to the right. */
    static String indented(int columns, String lines) {
        return lines.lines().map(line -> " ".repeat(columns) + line + "\n").collect(joining());
    }
}
