package io.retaillake.statemachine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The project's state machines, deployed for the tests, and their executions. */
final class Machines {

    static final String JOB_NAME_PREFIX = "retail-lakehouse-";
    static final int JOB_TIMEOUT_MINUTES = 60;

    /** What runs last, in this order. */
    static final List<String> CONCLUDING_JOBS = List.of("PublishReport", "VerifyRun");

    /** Two of bronze, one of silver, six of gold, the one for tables in SQL, and the concluding ones. */
    static final int JOB_COUNT = 10 + CONCLUDING_JOBS.size();

    static final String PIPELINE_ARN =
            "arn:aws:states:ap-northeast-2:123456789012:stateMachine:retail-lakehouse-pipeline";

    /** 16 January 2016, 01:00 in Seoul: when the schedule fires. */
    static final Instant SCHEDULED = Instant.parse("2016-01-15T16:00:00Z");

    static final Definition PIPELINE = read(
            "pipeline.asl.json",
            Map.of("JobNamePrefix", JOB_NAME_PREFIX, "JobTimeoutMinutes", Integer.toString(JOB_TIMEOUT_MINUTES)));
    static final Definition STARTER = read("starter.asl.json", Map.of("PipelineArn", PIPELINE_ARN));

    /** Runs that began up to five hours before count as in time. */
    static final Definition OVERDUE =
            read("overdue.asl.json", Map.of("PipelineArn", PIPELINE_ARN, "LookBackMinutes", "300"));

    private Machines() {}

    private static Definition read(String file, Map<String, String> substitutions) {
        try {
            return Definition.read(Path.of(file), substitutions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An execution of the pipeline that starts when the schedule fires. */
    static Execution pipeline(Tasks tasks, String name, String input) {
        return new Execution(PIPELINE, tasks, name, Json.parse(input), SCHEDULED);
    }

    /** An execution of the starter that starts when the schedule fires. */
    static Execution starter(Tasks tasks, String input) {
        return new Execution(STARTER, tasks, "3c1e7a52-one-delivery", Json.parse(input), SCHEDULED);
    }

    /** An execution of the check for overdue runs, at {@code now}. */
    static Execution overdue(Tasks tasks, Instant now) {
        return new Execution(OVERDUE, tasks, "one-check", Map.of(), now);
    }
}
