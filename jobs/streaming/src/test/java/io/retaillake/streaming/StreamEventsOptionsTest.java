package io.retaillake.streaming;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.run.JobMain;
import org.junit.jupiter.api.Test;

class StreamEventsOptionsTest {

    @Test
    void aStreamOfKinesisTakesNoOptionOfKafka() {
        assertProblems(
                "--stream clicks --from latest --kafka-security tls",
                "--stream is given with --kafka-security, --from; allowed: a stream of Kinesis or a topic of Kafka");
    }

    @Test
    void aTopicTakesNoOptionOfKinesis() {
        assertProblems(
                "--bootstrap-servers broker:9092 --topic clicks --region ap-northeast-2",
                "--region and --endpoint-url are of --stream only");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertProblems(
                "--stream cli/cks --region nowhere --endpoint-url localhost --query a/b --trigger-seconds -1"
                        + " --keep-rejects-days 2000000000 --metrics /none/such",
                "--stream is 'cli/cks'",
                "--region is 'nowhere'",
                "--endpoint-url is no http or https URL",
                "--query is 'a/b'",
                "--trigger-seconds is -1",
                "--keep-rejects-days is 2000000000; allowed: 1 to 36500",
                "--metrics is '/none/such', which can't be written");
    }

    @Test
    void aSourceIsAskedForByBothItsNames() {
        assertProblems("--query clicks", "no source is given; allowed: --bootstrap-servers with --topic, or --stream");
    }

    private static void assertProblems(String options, String... problems) {
        assertThatThrownBy(() -> JobMain.check(new StreamEvents(), ("--lake /tmp/lake " + options).split(" ")))
                .hasMessageContainingAll(problems);
    }
}
