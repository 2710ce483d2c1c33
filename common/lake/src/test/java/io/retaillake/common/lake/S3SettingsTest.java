package io.retaillake.common.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.job.JobException;
import java.net.URL;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {

    private final Configuration hadoop = new Configuration();

    @Test
    void serveS3ByS3aWhereNothingElseDoes() {
        assertThat(S3Settings.missing(hadoop, Map.of()))
                .containsEntry("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem")
                .doesNotContainKeys("fs.s3a.endpoint", "fs.s3a.endpoint.region", "fs.s3a.path.style.access");
    }

    @Test
    void leaveThePlatformsFileSystem() {
        hadoop.set("fs.s3.impl", "com.amazon.ws.emr.hadoop.fs.EmrFileSystem");

        assertThat(S3Settings.missing(hadoop, Map.of())).isEmpty();
    }

    @Test
    void comeFromTheEnvironmentThatAwsToolsRead() {
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL", "http://general:1",
                "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000",
                "AWS_DEFAULT_REGION", "eu-west-1",
                "AWS_REGION", "ap-northeast-2");
        // As Spark leaves them.
        hadoop.set("fs.s3a.endpoint", "http://general:1");

        assertThat(S3Settings.missing(hadoop, environment))
                .containsEntry("fs.s3a.endpoint", "http://127.0.0.1:9000")
                .containsEntry("fs.s3a.endpoint.region", "ap-northeast-2")
                .containsEntry("fs.s3a.path.style.access", "true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[::1", "http://127.0.0.1:99999", "http://key:hunter2@127.0.0.1:9000", "ftp://host"})
    void refuseAnEndpointThatIsNoUrlWithoutRepeatingIt(String endpoint) {
        assertThatThrownBy(() -> S3Settings.missing(hadoop, Map.of("AWS_ENDPOINT_URL_S3", endpoint)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("AWS_ENDPOINT_URL_S3")
                .hasMessageNotContaining(endpoint);
    }

    @Test
    void useTheRegionsOwnEndpoint() {
        hadoop.set("fs.s3a.endpoint", "s3.amazonaws.com");

        assertThat(S3Settings.missing(hadoop, Map.of("AWS_REGION", "ap-northeast-2")))
                .containsEntry("fs.s3a.endpoint", "s3.ap-northeast-2.amazonaws.com")
                .doesNotContainKey("fs.s3a.path.style.access");
    }

    @Test
    void leaveWhatSparksConfigurationSays() {
        hadoop.set("fs.s3a.endpoint", "http://chosen:1");
        hadoop.set("fs.s3a.endpoint.region", "us-east-1");
        hadoop.set("fs.s3a.path.style.access", "false");

        assertThat(S3Settings.missing(
                        hadoop, Map.of("AWS_ENDPOINT_URL_S3", "http://other:1", "AWS_REGION", "ap-northeast-2")))
                .containsOnlyKeys("fs.s3.impl", "fs.s3a.attempts.maximum", "fs.s3a.directory.marker.retention");
    }

    @Test
    void findCredentialsWhereAwsToolsDo() {
        hadoop.setClassLoader(new ClassLoader() {
            @Override
            protected URL findResource(String name) {
                return name.equals("com/amazonaws/auth/DefaultAWSCredentialsProviderChain.class")
                        ? S3SettingsTest.class.getResource("S3SettingsTest.class")
                        : null;
            }
        });

        assertThat(S3Settings.missing(hadoop, Map.of()).get("fs.s3a.aws.credentials.provider"))
                .endsWith(",com.amazonaws.auth.DefaultAWSCredentialsProviderChain");

        hadoop.set("fs.s3a.aws.credentials.provider", "of.the.User");

        assertThat(S3Settings.missing(hadoop, Map.of())).doesNotContainKey("fs.s3a.aws.credentials.provider");
    }

    @Test
    void leaveHadoopsCredentialsWhereS3aHasAnotherSdk() {
        assertThat(S3Settings.missing(hadoop, Map.of())).doesNotContainKey("fs.s3a.aws.credentials.provider");
    }
}
