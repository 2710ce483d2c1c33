package io.retaillake.events.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.broker.EmbeddedBroker;
import io.retaillake.common.command.CommandException;
import io.retaillake.events.Events;
import io.retaillake.events.send.PutServer.Refusal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class SendCommandTest {

    @Test
    void everyProblemOfTheOptionsIsNamed() {
        assertProblems(
                List.of(
                        "--count is 0",
                        "--batch is 0",
                        "--rate is -1.0",
                        "--batch-pause is -1.0",
                        "--rate and --batch-pause are given",
                        "--defect-share is 2.0",
                        "--late-share is -0.1",
                        "--bootstrap-servers is missing",
                        "--stream is 'a b'",
                        "--bootstrap-servers with --topic and --stream and --delivery-stream are given",
                        "--region is 'Seoul'",
                        "--endpoint-url is no http"),
                "--count 0 --batch 0 --rate -1 --batch-pause -1 --defect-share 2 --late-share=-0.1 --topic t --stream"
                        .split(" "),
                "a b",
                "--delivery-stream",
                "f",
                "--region",
                "Seoul",
                "--endpoint-url",
                "kinesis");
        assertProblems(List.of("no target is given"), new String[] {});
        assertProblems(
                List.of("--bootstrap-servers is 'b'", "--topic is missing", "--region and --endpoint-url are of"),
                new String[] {"--bootstrap-servers", "b", "--region", "ap-northeast-2"});
    }

    @Test
    void theWorkshopsBatchesOf25AreSentAndWhatIsToBecomeOfThemIsSaid() {
        try (PutServer server = new PutServer(new PutServer.Refusals() {
            @Override
            public String ofRecord(int call, int record) {
                return call == 1 && record < 5 ? "ServiceUnavailableException" : null;
            }
        })) {
            String out = send(server, "--batch-pause", "0.01", "--defect-share", "0.5", "--seed", "1");

            assertThat(server.calls())
                    .extracting(call -> call.records().size())
                    .containsExactly(25, 5, 25, 25, 25, 25, 25, 25, 25);
            assertThat(server.taken()).doesNotHaveDuplicates().hasSize(200);
            assertThat(out)
                    .startsWith("sent 200, repeated 5, failed 0 to the Firehose stream clicks\n")
                    .containsPattern("3 rejects by reason +NOT_JSON +\\d+")
                    .containsPattern("4 payloads +accepted +\\d+")
                    .containsPattern("4 payloads +rejected +\\d+");
        }
    }

    @Test
    void whatWasNotTakenEndsItWithCode4AfterTheTotals() {
        try (PutServer server = new PutServer(new PutServer.Refusals() {
            @Override
            public Refusal ofCall(int call) {
                return call == 2 ? new Refusal(400, "AccessDeniedException", "not authorized") : null;
            }
        })) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThatThrownBy(() -> send(server, out, "--batch-pause", "0"))
                    .asInstanceOf(InstanceOfAssertFactories.type(CommandException.class))
                    .satisfies(failure -> {
                        assertThat(failure.exitCode()).isEqualTo(4);
                        assertThat(failure.problems())
                                .singleElement(InstanceOfAssertFactories.STRING)
                                .contains(
                                        "25 events were not taken by the Firehose stream clicks: AccessDeniedException",
                                        "firehose:PutRecordBatch");
                    });
            assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("sent 25, repeated 0, failed 25 to ");
            assertThat(server.calls()).hasSize(2);
        }
    }

    /** A process of its own, for the signal ends it. */
    @Test
    void aSignalEndsItBetweenBatchesWithTheTotals() throws Exception {
        try (PutServer server = new PutServer(new PutServer.Refusals() {})) {
            List<String> command = new ArrayList<>(command());
            command.addAll(options(server, "--batch-pause", "600"));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                while (server.taken().size() < 25 && process.isAlive()) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                // Not by the process itself, which would close what it prints.
                process.toHandle().destroy();

                assertThat(out.readLine()).isEqualTo("sent 25, repeated 0, failed 0 to the Firehose stream clicks");
                assertThat(process.waitFor()).isEqualTo(128 + 15);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** As a person types it: in a process of its own, with a broker. */
    @Test
    void rightOptionsSendToABrokerAndWrongOnesEndWithCode2AndSayWhatIsWrong(@TempDir Path folder) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            broker.createTopic("events", 1);
            String[] right = {"--bootstrap-servers", broker.bootstrapServers(), "--topic", "events", "--count", "40"};

            Ended wrong = run(folder, Stream.concat(Stream.of(right), Stream.of("--topics", "x", "--batch", "many")));
            assertThat(wrong.exitCode).as(wrong.err).isEqualTo(2);
            assertThat(wrong.err)
                    .startsWith("error")
                    .contains("--topics", "--batch", "many")
                    .doesNotContain("\tat ", "Exception");
            assertThat(wrong.out).isEmpty();
            assertThat(recordsOf(broker)).isZero();

            Ended sent = run(folder, Stream.of(right));
            assertThat(sent.exitCode).as(sent.err).isZero();
            assertThat(sent.out).startsWith("sent 40, repeated 0, failed 0 to ");
            assertThat(recordsOf(broker)).isEqualTo(40);
        }
    }

    private record Ended(int exitCode, String out, String err) {}

    private static Ended run(Path folder, Stream<String> options) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(
                        Stream.concat(command().stream(), options).toList())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Ended(process.waitFor(), Files.readString(out), Files.readString(err));
    }

    private static long recordsOf(EmbeddedBroker broker) {
        TopicPartition partition = new TopicPartition("events", 0);
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                broker.clientSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dretail-lake.project=.",
                "-Daws.accessKeyId=test",
                "-Daws.secretAccessKey=test",
                "-cp",
                System.getProperty("java.class.path"),
                Events.class.getName(),
                "send");
    }

    private static void assertProblems(List<String> expected, String[] arguments, String... more) {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
        assertThatThrownBy(() -> SendCommand.run(all))
                .asInstanceOf(InstanceOfAssertFactories.type(CommandException.class))
                .satisfies(failure -> {
                    assertThat(failure.exitCode()).isEqualTo(2);
                    assertThat(failure.problems()).hasSameSizeAs(expected);
                    expected.forEach(problem -> assertThat(failure.problems())
                            .anySatisfy(found -> assertThat(found).startsWith(problem)));
                });
    }

    private static List<String> options(PutServer server, String... more) {
        List<String> options = new ArrayList<>(
                List.of("--delivery-stream", "clicks", "--region", "ap-northeast-2", "--endpoint-url", server.url()));
        options.addAll(List.of(more));
        return options;
    }

    private static String send(PutServer server, String... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        send(server, out, more);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void send(PutServer server, ByteArrayOutputStream out, String... more) {
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            SendCommand.run(options(server, more).toArray(String[]::new));
        } finally {
            System.setOut(before);
        }
    }
}
