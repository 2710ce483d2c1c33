package io.retaillake.cloudformation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retaillake.lambda.FirehoseEventsHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A call of the function that events.yaml deploys.
 *
 * @param answer what it gave to Firehose
 * @param log what it wrote into its log
 */
record EventsCall(JsonNode answer, String log) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Calls it with these records, which arrive now. */
    static EventsCall with(String... records) throws IOException {
        ObjectNode request = JSON.createObjectNode().put("invocationId", "invocation");
        for (int i = 0; i < records.length; i++) {
            request.withArray("records")
                    .addObject()
                    .put("recordId", "id-" + i)
                    .put("data", Base64.getEncoder().encodeToString(records[i].getBytes(StandardCharsets.UTF_8)));
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        StringBuilder log = new StringBuilder();
        new FirehoseEventsHandler()
                .handleRequest(new ByteArrayInputStream(JSON.writeValueAsBytes(request)), answer, context(log));
        return new EventsCall(JSON.readTree(answer.toByteArray()), log.toString());
    }

    /** The first event that it answered with. */
    JsonNode event() throws IOException {
        byte[] line = Base64.getDecoder()
                .decode(answer.path("records").path(0).path("data").asText());
        return JSON.readTree(line);
    }

    /** The first record's keys of partition. */
    JsonNode partitionKeys() {
        return answer.path("records").path(0).path("metadata").path("partitionKeys");
    }

    /** Of Lambda's context, the function uses the log only. */
    private static Context context(StringBuilder log) {
        LambdaLogger logger = new LambdaLogger() {
            @Override
            public void log(String message) {
                log.append(message);
            }

            @Override
            public void log(byte[] message) {
                log.append(new String(message, StandardCharsets.UTF_8));
            }
        };
        return (Context) Proxy.newProxyInstance(
                EventsCall.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> method.getName().equals("getLogger") ? logger : null);
    }
}
