package io.retaillake.cloudformation;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.common.registry.SourceUser;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.registry.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code jobs.yaml}: what all jobs share is a resource beside this class; each job's Glue job and its role follow from
 * the registry. A job gets what its definition says that it needs, and nothing else. Jobs that run until they are stopped are in {@code
 * streaming.yaml}.
 */
final class JobsTemplate {

    private static final Map<Workers, String> WORKERS = Map.of(
            Workers.SMALL, "SmallJobWorkers",
            Workers.EXTRACT, "ExtractWorkers",
            Workers.BUILD, "BuildWorkers",
            Workers.MART, "MartWorkers");

    private final JobRegistry jobs;
    private final JobRoles roles;

    private JobsTemplate(JobRegistry jobs, TableRegistry tables) {
        this.jobs = jobs;
        this.roles = new JobRoles(tables);
    }

    /** The template for the jobs and tables of a registry. */
    static String of(JobRegistry jobs, TableRegistry tables) {
        return new JobsTemplate(jobs, tables).yaml();
    }

    private String yaml() {
        List<String> resources = new ArrayList<>(List.of(Resources.text("/templates/jobs-shared.yaml")));
        resources.add(roles.readEveryTablePolicy());
        jobs.jobs().stream()
                .filter(job -> job.deployed() && !job.runsUntilStopped())
                .forEach(job -> resources.add(roles.of(job) + glueJob(job)));
        return String.join("\n", resources) + "\n" + Resources.text("/templates/jobs-outputs.yaml");
    }

    private static String glueJob(JobDefinition job) {
        String workers = WORKERS.get(job.workers());
        String connection = job.connects() ? "      Connections: {Connections: [!Ref Connection]}\n" : "";
        return """
                  @Job@:
                    Type: AWS::Glue::Job
                    Properties:
                      Name: !Sub '${ProjectName}-@Job@'
                      Description: @Purpose@
                      Role: !GetAtt @Job@Role.Arn
                      GlueVersion: !Ref GlueVersion
                      WorkerType: !Ref WorkerType
                      NumberOfWorkers: !Ref @Workers@
                      Timeout: !Ref JobTimeoutMinutes
                      # The state machine repeats; it knows the run id.
                      MaxRetries: 0
                      ExecutionProperty: {MaxConcurrentRuns: 1}
                @Connection@      Command:
                        Name: glueetl
                        ScriptLocation: !Sub ['s3://${Bucket}/${ScriptKey}', {Bucket: {'Fn::ImportValue': !Sub '${ProjectName}-BucketName'}}]
                      DefaultArguments:
                        '--job-language': scala
                        '--class': @Class@
                        '--extra-jars': !Sub ['s3://${Bucket}/${JarKey}', {Bucket: {'Fn::ImportValue': !Sub '${ProjectName}-BucketName'}}]
                        '--datalake-formats': iceberg
                        '--conf': !Sub
                          - '${Settings} --conf spark.hadoop.fs.s3a.endpoint.region=${AWS::Region} --conf spark.sql.shuffle.partitions=${Partitions}'
                          - Settings: !FindInMap [Spark, Glue, Settings]
                            Partitions: !FindInMap [ShufflePartitions, !Ref WorkerType, !Ref @Workers@]
                        '--TempDir': !Sub ['s3://${Bucket}/glue/tmp/', {Bucket: {'Fn::ImportValue': !Sub '${ProjectName}-BucketName'}}]
                        '--enable-spark-ui': 'true'
                        '--spark-event-logs-path': !Sub ['s3://${Bucket}/glue/logs/', {Bucket: {'Fn::ImportValue': !Sub '${ProjectName}-BucketName'}}]
                        '--enable-observability-metrics': 'true'
                        '--custom-logGroup-prefix': !Sub '/aws-glue/${ProjectName}'
                        '--job-bookmark-option': job-bookmark-disable
                @Arguments@      Tags: {project: !Ref ProjectName}
                """.replace("@Job@", job.name())
                .replace("@Purpose@", job.purpose())
                .replace("@Workers@", workers)
                .replace("@Class@", job.className())
                .replace("@Connection@", connection)
                .replace("@Arguments@", arguments(job));
    }

    /** The job's own options, in the order of its help. */
    private static String arguments(JobDefinition job) {
        StringBuilder lines = new StringBuilder();
        if (job.sourceUser() != SourceUser.ADMINISTRATOR) {
            argument(lines, "--lake", bucket(""));
            argument(lines, "--catalog", "glue");
            lines.append("        # An empty value would leave the option without one.\n");
            argument(lines, "--namespace-prefix", "!If [HasNamespacePrefix, !Ref NamespacePrefix, !Ref AWS::NoValue]");
        }
        if (job.connects()) {
            String secret = job.sourceUser() == SourceUser.ADMINISTRATOR ? "AdministratorSecretArn" : "ReaderSecretArn";
            argument(lines, "--secret", imported(secret));
            argument(lines, "--source-host", imported("DatabaseHost"));
            argument(lines, "--source-port", imported("DatabasePort"));
            argument(lines, "--source-database", imported("DatabaseName"));
            argument(lines, "--source-schema", "!Ref SourceSchema");
        }
        if (job.sourceUser() == SourceUser.ADMINISTRATOR) {
            argument(lines, "--reader-secret", imported("ReaderSecretArn"));
        }
        if (job.parallelReads()) {
            argument(lines, "--read-parallelism", "!FindInMap [ReadParallelism, !Ref WorkerType, !Ref ExtractWorkers]");
        }
        if (job.buildsUsersTables()) {
            argument(lines, "--tables", "!If [HasTables, " + bucket("/${TablesKey}") + ", !Ref AWS::NoValue]");
        }
        job.defaultFiles().forEach((option, pattern) -> argument(lines, option, bucket("/" + pattern)));
        return lines.toString();
    }

    private static void argument(StringBuilder lines, String option, String value) {
        lines.append("        '").append(option).append("': ").append(value).append('\n');
    }

    private static String imported(String export) {
        return "{'Fn::ImportValue': !Sub '${ProjectName}-" + export + "'}";
    }

    private static String bucket(String path) {
        return "!Sub ['s3://${Bucket}" + path + "', {Bucket: " + imported("BucketName") + "}]";
    }
}
