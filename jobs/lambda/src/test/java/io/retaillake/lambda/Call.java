package io.retaillake.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** A call of the function as Firehose makes it, and its answer. */
final class Call {

    static final Instant ARRIVAL = Instant.parse("2026-11-28T10:05:09Z");
    static final Instant NOW = Instant.parse("2026-11-28T10:05:10Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final byte[] answer;
    private final StringBuilder log = new StringBuilder();

    private Call(byte[] request) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            new FirehoseEventsHandler(() -> NOW).handleRequest(new ByteArrayInputStream(request), output, context(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answer = output.toByteArray();
    }

    static Call with(byte[] request) {
        return new Call(request);
    }

    static Call withRecords(String... records) {
        return new Call(request(List.of(records).stream()
                .map(record -> record.getBytes(StandardCharsets.UTF_8))
                .toList()));
    }

    /** The call's JSON, with the records' ids from {@code id-0} on. */
    static byte[] request(List<byte[]> records) {
        ObjectNode request = JSON.createObjectNode()
                .put("invocationId", "invocation")
                .put("deliveryStreamArn", "arn:aws:firehose:ap-northeast-2:123456789012:deliverystream/events")
                .put("region", "ap-northeast-2");
        request.putArray("records");
        for (int i = 0; i < records.size(); i++) {
            ObjectNode record = request.withArray("records").addObject();
            record.put("recordId", "id-" + i)
                    .put("approximateArrivalTimestamp", ARRIVAL.toEpochMilli())
                    .put("data", Base64.getEncoder().encodeToString(records.get(i)));
            record.putObject("kinesisRecordMetadata")
                    .put("sequenceNumber", "4954")
                    .put("shardId", "shardId-0");
        }
        try {
            return JSON.writeValueAsBytes(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of Lambda's context, the function uses the log only. */
    static Context context(StringBuilder log) {
        LambdaLogger logger = new LambdaLogger() {
            @Override
            public void log(String message) {
                log.append(message);
            }

            @Override
            public void log(byte[] message) {
                log(new String(message, StandardCharsets.UTF_8));
            }
        };
        return (Context) Proxy.newProxyInstance(
                Call.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getLogger")) {
                        return logger;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    int bytes() {
        return answer.length;
    }

    String log() {
        return log.toString();
    }

    List<String> ids() {
        return json().path("records").findValuesAsText("recordId");
    }

    List<String> results() {
        return json().path("records").findValuesAsText("result");
    }

    JsonNode record(int index) {
        return json().path("records").path(index);
    }

    /** The data of a record, decoded. */
    String data(int index) {
        return new String(Base64.getDecoder().decode(record(index).path("data").textValue()), StandardCharsets.UTF_8);
    }

    private JsonNode json() {
        try {
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
