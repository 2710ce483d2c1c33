package io.retaillake.events.send;

import io.retaillake.events.generator.GeneratedEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Sends events to a Kinesis data stream, those of one user to one shard. */
final class KinesisSender implements EventSender {

    /**
     * A record's partition key counts with its data. Where the service takes 10 MiB by now, these are still allowed.
     */
    private static final PutLimits LIMITS = new PutLimits(
            500,
            5 * 1024 * 1024,
            1024 * 1024,
            event -> event.bytes().length + event.partitionKey().getBytes(StandardCharsets.UTF_8).length);

    private final String stream;
    private final KinesisClient client;
    private final RepeatedPuts puts;

    KinesisSender(String stream, AwsConnection connection, Backoff backoff) {
        this.stream = stream;
        this.client = connection.client(KinesisClient.builder());
        this.puts = new RepeatedPuts(this::put, LIMITS, backoff, "kinesis:PutRecords");
    }

    @Override
    public void send(List<GeneratedEvent> events, SendTotals totals) {
        puts.send(events, totals);
    }

    private List<String> put(List<GeneratedEvent> events) {
        List<PutRecordsRequestEntry> records = events.stream()
                .map(event -> PutRecordsRequestEntry.builder()
                        .partitionKey(event.partitionKey())
                        .data(SdkBytes.fromByteArrayUnsafe(event.bytes()))
                        .build())
                .toList();
        return client.putRecords(request -> request.streamName(stream).records(records)).records().stream()
                .map(PutRecordsResultEntry::errorCode)
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
