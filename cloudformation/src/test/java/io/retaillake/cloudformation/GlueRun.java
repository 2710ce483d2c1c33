package io.retaillake.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import io.retaillake.common.run.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Glue makes of a job's properties when it starts it. */
final class GlueRun {

    private GlueRun() {}

    /** A job's arguments, as Glue puts its own around them. */
    static String[] arguments(JsonNode job, Map<String, String> passed) {
        Map<String, String> own = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> argument : Template.fields(job.path("DefaultArguments"))) {
            own.put(argument.getKey(), argument.getValue().asText());
        }
        own.putAll(passed);
        List<String> arguments = new ArrayList<>(List.of(
                "--JOB_ID", "j_0123456789abcdef", "--enable-glue-datacatalog", "--JOB_RUN_ID", "jr_0123456789abcdef"));
        own.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        arguments.addAll(List.of(
                "--JOB_NAME",
                job.path("Name").asText(),
                "--scriptLocation",
                job.path("Command").path("ScriptLocation").asText(),
                "--enable-job-insights",
                "--job-bookmark-from",
                "0"));
        return arguments.toArray(String[]::new);
    }

    /** The job that it runs. */
    static Job newJob(JsonNode job) throws ReflectiveOperationException {
        return Class.forName(argument(job, "--class"))
                .asSubclass(Job.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    /** A default argument; empty if there is none. */
    static String argument(JsonNode job, String name) {
        return job.path("DefaultArguments").path(name).asText();
    }
}
