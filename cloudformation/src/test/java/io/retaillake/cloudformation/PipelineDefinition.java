package io.retaillake.cloudformation;

import static java.util.stream.Collectors.joining;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.common.registry.Stage;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes {@code pipeline.asl.json}: how an execution reads its input is a resource beside this class; which jobs it runs, in
 * which order, follows from the registry, and how a job is run and repeated is said here, once.
 */
final class PipelineDefinition {

    private static final String PREFIX = "${JobNamePrefix}";
    private static final String OUTCOME =
            "{'job': $states.result.JobName, 'jobRunId': $states.result.Id, 'attempt': $states.context.State.RetryCount + 1}";

    private final JobRegistry jobs;

    private PipelineDefinition(JobRegistry jobs) {
        this.jobs = jobs;
    }

    /** The definition for the jobs of a registry. */
    static String of(JobRegistry jobs) {
        return Resources.text("/templates/pipeline-input.asl.json") + new PipelineDefinition(jobs).stages()
                + "  }\n}\n";
    }

    private String stages() {
        return bronze() + chain(Stage.SILVER, "Gold") + gold() + chain(Stage.SQL_TABLES, "Conclude") + conclusion();
    }

    private String bronze() {
        String branches = jobs.of(Stage.BRONZE).stream()
                .map(job -> """
                                {
                                  "StartAt": "@Job@",
                                  "States": {
                                    "@Job@": {
                        @Task@
                                    }
                                  }
                                }""".replace("@Task@", task(14, quoted(PREFIX + job.name()), OUTCOME, "\"End\": true"))
                        .replace("@Job@", job.name()))
                .collect(joining(",\n"));
        return """
                    "Bronze": {
                      "Type": "Parallel",
                      "Comment": "All read the source, each in one snapshot of its own.",
                      "Branches": [
                @Branches@
                      ],
                      "Next": "@Next@"
                    },
                """.replace("@Branches@", branches)
                .replace("@Next@", jobs.of(Stage.SILVER).get(0).name());
    }

    /** One after the other: a later one may read what an earlier one has built. */
    private String chain(Stage stage, String after) {
        List<JobDefinition> chained = jobs.of(stage);
        StringBuilder states = new StringBuilder();
        for (int i = 0; i < chained.size(); i++) {
            JobDefinition job = chained.get(i);
            String next = i + 1 < chained.size() ? chained.get(i + 1).name() : after;
            states.append("    \"" + job.name() + "\": {\n")
                    .append(task(
                            6,
                            quoted(PREFIX + job.name()),
                            "$append($states.input, " + OUTCOME + ")",
                            "\"Next\": \"" + next + "\""))
                    .append("\n    },\n");
        }
        return states.toString();
    }

    private String gold() {
        return map(
                "Gold",
                "The marts, independent of each other. Three at once hide each other's start and leave room in a new account's quota.",
                jobs.of(Stage.GOLD).stream(),
                3,
                "Build mart",
                "$append($states.input, $states.result)",
                "\"Next\": \""
                        + jobs.of(Stage.SQL_TABLES).stream()
                                .map(JobDefinition::name)
                                .findFirst()
                                .orElse("Conclude") + "\"");
    }

    private String conclusion() {
        String map = map(
                "Conclude",
                "One after the other, in this order.",
                Stream.of(Stage.REPORT, Stage.VERIFY).flatMap(stage -> jobs.of(stage).stream()),
                1,
                "Run concluding job",
                "{'runId': $runId, 'window': $request.window, 'from': $months.from, 'to': $months.to, 'jobs': $append($states.input, $states.result)}",
                "\"End\": true");
        // The last state of all.
        return map.substring(0, map.length() - ",\n".length()) + "\n";
    }

    private static String map(
            String name,
            String comment,
            Stream<JobDefinition> items,
            int atOnce,
            String taskName,
            String output,
            String transition) {
        return """
                    "@Name@": {
                      "Type": "Map",
                      "Comment": "@Comment@",
                      "Items": [@Items@],
                      "MaxConcurrency": @AtOnce@,
                      "ItemProcessor": {
                        "ProcessorConfig": {"Mode": "INLINE"},
                        "StartAt": "@TaskName@",
                        "States": {
                          "@TaskName@": {
                @Task@
                          }
                        }
                      },
                      "Output": "{% @Output@ %}",
                      @Transition@
                    },
                """.replace("@Name@", name)
                .replace("@Comment@", comment)
                .replace("@Items@", items.map(job -> quoted(job.name())).collect(joining(", ")))
                .replace("@AtOnce@", Integer.toString(atOnce))
                .replace("@TaskName@", taskName)
                .replace("@Task@", task(12, "\"{% '" + PREFIX + "' & $states.input %}\"", OUTCOME, "\"End\": true"))
                .replace("@Output@", output)
                .replace("@Transition@", transition);
    }

    /**
     * The fields of a state that runs a job. Its retry policy is that of every job: never what cannot get better; long where
     * another run or a quota is in the way; some times where Glue itself fails; a failed job once more, as it may have lost a
     * worker or the database.
     */
    private static String task(int indentation, String jobName, String output, String transition) {
        return """
                "Type": "Task",
                "Resource": "arn:aws:states:::glue:startJobRun.sync",
                "Arguments": {"JobName": @JobName@, "Arguments": "{% {'--run-id': $runId, '--from': $months.from, '--to': $months.to} %}"},
                "TimeoutSeconds": "{% $number('${JobTimeoutMinutes}') * 60 + 600 %}",
                "Retry": [
                  {"ErrorEquals": ["Glue.EntityNotFoundException", "Glue.InvalidInputException", "Glue.AccessDeniedException", "States.Permissions", "States.QueryEvaluationError"], "MaxAttempts": 0},
                  {"ErrorEquals": ["Glue.ConcurrentRunsExceededException", "Glue.ResourceNumberLimitExceededException"], "IntervalSeconds": 60, "BackoffRate": 2, "MaxAttempts": 10, "MaxDelaySeconds": 600, "JitterStrategy": "FULL"},
                  {"ErrorEquals": ["Glue.InternalServiceException", "Glue.OperationTimeoutException", "Glue.ThrottlingException", "Glue.AWSGlueException", "Glue.SdkClientException"], "IntervalSeconds": 10, "BackoffRate": 2, "MaxAttempts": 6, "MaxDelaySeconds": 120, "JitterStrategy": "FULL"},
                  {"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 30, "MaxAttempts": 1}
                ],
                "Output": "{% @Output@ %}",
                @Transition@""".replace("@JobName@", jobName)
                .replace("@Output@", output)
                .replace("@Transition@", transition)
                .lines()
                .map(line -> " ".repeat(indentation) + line)
                .collect(joining("\n"));
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
