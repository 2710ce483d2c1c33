package io.retaillake.events.send;

import io.retaillake.events.generator.GeneratedEvent;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;
import software.amazon.awssdk.services.firehose.model.Record;

/**
 * Sends events to a Firehose stream, each with a line feed: Firehose puts records one after the other into its files, and without one nobody
 * could tell where a broken one ends.
 */
final class FirehoseSender implements EventSender {

    /** Before the encoding in Base64. */
    private static final PutLimits LIMITS =
            new PutLimits(500, 4_000_000, 1_000 * 1024, event -> event.bytes().length + 1);

    private final String stream;
    private final FirehoseClient client;
    private final RepeatedPuts puts;

    FirehoseSender(String stream, AwsConnection connection, Backoff backoff) {
        this.stream = stream;
        this.client = connection.client(FirehoseClient.builder());
        this.puts = new RepeatedPuts(this::put, LIMITS, backoff, "firehose:PutRecordBatch");
    }

    @Override
    public void send(List<GeneratedEvent> events, SendTotals totals) {
        puts.send(events, totals);
    }

    private List<String> put(List<GeneratedEvent> events) {
        List<Record> records = events.stream()
                .map(event -> Record.builder()
                        .data(SdkBytes.fromByteArrayUnsafe(line(event.bytes())))
                        .build())
                .toList();
        return client
                .putRecordBatch(request -> request.deliveryStreamName(stream).records(records))
                .requestResponses()
                .stream()
                .map(PutRecordBatchResponseEntry::errorCode)
                .toList();
    }

    private static byte[] line(byte[] payload) {
        byte[] line = Arrays.copyOf(payload, payload.length + 1);
        line[payload.length] = '\n';
        return line;
    }

    @Override
    public void close() {
        client.close();
    }
}
