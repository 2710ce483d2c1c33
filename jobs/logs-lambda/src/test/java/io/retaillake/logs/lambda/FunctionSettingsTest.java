package io.retaillake.logs.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.job.JobException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The function's environment, and what is said where it is wrong. */
class FunctionSettingsTest {

    private static final String ARN = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:log-key-AbCdEf";

    @Test
    void saysAllThatIsMissingAtOnce() {
        assertThatThrownBy(() -> FunctionSettings.of(Map.of()))
                .isInstanceOf(JobException.class)
                .hasMessageContainingAll(
                        "LOGS_URL is missing", "LOGS_LOCATION is missing", "LOGS_KEY_SECRET is missing");
    }

    @Test
    void saysAllThatIsWrongWithoutShowingWhatMayBeASecret() {
        assertThatThrownBy(() -> FunctionSettings.of(Map.of(
                        "LOGS_URL",
                        "https://user:hunter2@logs.example/",
                        "LOGS_LOCATION",
                        "/tmp/logs",
                        "LOGS_KEY_SECRET",
                        "c2VjcmV0LWtleS1vZi10b2tlbnMtcHV0LWhlcmUtISE=")))
                .hasMessageContainingAll("LOGS_URL is", "LOGS_LOCATION is", "s3://bucket/prefix", "LOGS_KEY_SECRET is")
                .hasMessageNotContainingAny("hunter2", "c2VjcmV0");
    }

    @Test
    void takesABucketAndASecret() {
        FunctionSettings settings = FunctionSettings.of(Map.of(
                "LOGS_URL",
                "https://logs.example/newest?n=100",
                "LOGS_LOCATION",
                "s3://acme-hist-retail/logs",
                "LOGS_KEY_SECRET",
                ARN));

        assertThat(settings.url()).hasHost("logs.example");
        assertThat(settings.keySecret()).isEqualTo(ARN);
    }
}
