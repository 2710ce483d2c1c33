package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.run.JobMain;
import io.retaillake.jobs.bronze.ExtractPurchases;
import io.retaillake.streaming.StreamEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands in emr.yaml's outputs, which a person copies. */
class EmrCommandTest {

    private static final Pattern DRIVER = Pattern.compile("--job-driver '([^']+)'");

    @Test
    void startsTheJobWithArgumentsThatEmrAndTheJobAccept() throws IOException {
        List<String> arguments = arguments(Deployment.byDefault(), "SubmitExtractPurchases");

        assertThat(arguments)
                .doesNotContain("--namespace-prefix")
                .allSatisfy(argument -> assertThat(argument).isNotBlank());
        assertThatCode(() -> JobMain.check(new ExtractPurchases(), arguments.toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    @Test
    void namesTheNamespacesPrefixWhereThereIsOne() throws IOException {
        List<String> arguments = arguments(Deployments.withAllOptions(), "SubmitExtractPurchases");

        assertThat(arguments).containsSequence("--namespace-prefix", "test_");
        assertThatCode(() -> JobMain.check(new ExtractPurchases(), arguments.toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    @Test
    void startsTheStreamToBeStartedAgainAfterFailuresAndWithoutATimeout() throws IOException {
        List<String> arguments = arguments(Deployments.withAllOptions(), "SubmitStreamEvents");

        assertThat(arguments).containsSequence("--stream", "clicks").containsSequence("--namespace-prefix", "test_");
        assertThatCode(() -> JobMain.check(new StreamEvents(), arguments.toArray(String[]::new)))
                .doesNotThrowAnyException();
        assertThat(Deployments.withAllOptions().output("emr", "SubmitStreamEvents"))
                .contains(
                        "--mode STREAMING --retry-policy '{\"maxFailedAttemptsPerHour\": 5}' --execution-timeout-minutes 0",
                        "--class " + StreamEvents.class.getName());
        assertThat(Deployment.byDefault().output("emr", "SubmitStreamEvents")).isNull();
    }

    private static List<String> arguments(Deployment deployment, String output) throws IOException {
        Matcher driver = DRIVER.matcher(deployment.output("emr", output));
        assertThat(driver.find()).isTrue();
        List<String> arguments = new ArrayList<>();
        for (JsonNode argument :
                new ObjectMapper().readTree(driver.group(1)).path("sparkSubmit").path("entryPointArguments")) {
            arguments.add(argument.asText());
        }
        return arguments;
    }
}
