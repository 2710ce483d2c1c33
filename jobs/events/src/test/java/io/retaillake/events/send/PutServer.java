package io.retaillake.events.send;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Speaks the protocol of Kinesis' PutRecords and Firehose's PutRecordBatch in JSON, refuses as a test says, and keeps what it takes. */
final class PutServer implements AutoCloseable {

    static final String KINESIS = "Kinesis_20131202.PutRecords";
    static final String FIREHOSE = "Firehose_20150804.PutRecordBatch";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a test refuses. */
    interface Refusals {

        /** The error of a whole call, of which the first is 1; null: none. */
        default Refusal ofCall(int call) {
            return null;
        }

        /** The error code of one record, of which the first is 0; null: it is taken. */
        default String ofRecord(int call, int record) {
            return null;
        }
    }

    /** An error of a whole call, with its HTTP status. */
    record Refusal(int status, String code, String message) {}

    /**
     * A call.
     *
     * @param operation as its header names it
     * @param stream as its body names it
     * @param records what it wants to put
     * @param body its size in bytes
     */
    record Call(String operation, String stream, List<String> records, int body) {}

    private final Refusals refusals;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final WireMockServer server = new WireMockServer(WireMockConfiguration.options()
            .dynamicPort()
            .bindAddress("127.0.0.1")
            .extensions(new Answers()));

    /** Starts one, and gives this process credentials. */
    PutServer(Refusals refusals) {
        this.refusals = refusals;
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        // The SDK speaks CBOR with Kinesis otherwise.
        System.setProperty("aws.cborEnabled", "false");
        server.start();
        server.stubFor(any(anyUrl()).willReturn(WireMock.ok()));
    }

    String url() {
        return server.baseUrl();
    }

    List<Call> calls() {
        return calls;
    }

    /** The records that were taken, in order. */
    List<String> taken() {
        return taken;
    }

    /** Makes each answer. */
    private final class Answers implements ResponseDefinitionTransformerV2 {

        @Override
        public String getName() {
            return "puts";
        }

        @Override
        public synchronized ResponseDefinition transform(ServeEvent event) {
            try {
                return answer(
                        event.getRequest().getHeader("X-Amz-Target"),
                        event.getRequest().getBody());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ResponseDefinition answer(String operation, byte[] body) throws IOException {
        boolean isKinesis = operation.equals(KINESIS);
        JsonNode request = JSON.readTree(body);
        List<String> records = new ArrayList<>();
        for (JsonNode item : request.get("Records")) {
            records.add(new String(Base64.getDecoder().decode(item.get("Data").asText()), StandardCharsets.UTF_8));
        }
        String stream =
                request.get(isKinesis ? "StreamName" : "DeliveryStreamName").asText();
        calls.add(new Call(operation, stream, records, body.length));
        Refusal refusal = refusals.ofCall(calls.size());
        if (refusal != null) {
            ObjectNode error =
                    JSON.createObjectNode().put("__type", refusal.code()).put("message", refusal.message());
            return json(refusal.status(), error);
        }
        return json(200, results(records, isKinesis));
    }

    private ObjectNode results(List<String> records, boolean isKinesis) {
        ArrayNode results = JSON.createArrayNode();
        int failed = 0;
        for (int i = 0; i < records.size(); i++) {
            String code = refusals.ofRecord(calls.size(), i);
            if (code != null) {
                failed++;
                results.addObject().put("ErrorCode", code).put("ErrorMessage", "Slow down.");
            } else {
                taken.add(records.get(i));
                ObjectNode result = results.addObject();
                if (isKinesis) {
                    result.put("SequenceNumber", Integer.toString(taken.size())).put("ShardId", "shardId-000000000000");
                } else {
                    result.put("RecordId", Integer.toString(taken.size()));
                }
            }
        }
        ObjectNode answer = JSON.createObjectNode();
        if (isKinesis) {
            answer.put("FailedRecordCount", failed).set("Records", results);
        } else {
            answer.put("FailedPutCount", failed).put("Encrypted", false).set("RequestResponses", results);
        }
        return answer;
    }

    private static ResponseDefinition json(int status, ObjectNode body) {
        return WireMock.aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withBody(body.toString())
                .build();
    }

    @Override
    public void close() {
        server.stop();
    }
}
