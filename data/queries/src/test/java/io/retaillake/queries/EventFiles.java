package io.retaillake.queries;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retaillake.lambda.FirehoseEventsHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Files of events as Firehose writes them from what the function answers: gzip, in the folder of the keys of partition. */
final class EventFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventFiles() {}

    /** Has the function transform these payloads, and writes each that it takes into a file below {@code folder}. */
    static void write(Path folder, List<String> payloads) throws IOException {
        int file = 0;
        for (JsonNode record : answer(payloads).path("records")) {
            if (!record.path("result").asText().equals("Ok")) {
                continue;
            }
            JsonNode keys = record.path("metadata").path("partitionKeys");
            StringBuilder hour = new StringBuilder();
            keys.fields()
                    .forEachRemaining(key -> hour.append(key.getKey())
                            .append('=')
                            .append(key.getValue().asText())
                            .append('/'));
            Path target =
                    Files.createDirectories(folder.resolve(hour.toString())).resolve("events-" + file + ".gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(target))) {
                out.write(Base64.getDecoder().decode(record.path("data").asText()));
            }
            file++;
        }
    }

    private static JsonNode answer(List<String> payloads) throws IOException {
        ObjectNode request = JSON.createObjectNode().put("invocationId", "invocation");
        for (String payload : payloads) {
            request.withArray("records")
                    .addObject()
                    .put("recordId", "id-" + request.path("records").size())
                    .put("data", Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8)));
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        new FirehoseEventsHandler()
                .handleRequest(new ByteArrayInputStream(JSON.writeValueAsBytes(request)), answer, silent());
        return JSON.readTree(answer.toByteArray());
    }

    /** Of Lambda's context, the function uses the log only. */
    private static Context silent() {
        LambdaLogger logger = new LambdaLogger() {
            @Override
            public void log(String message) {}

            @Override
            public void log(byte[] message) {}
        };
        return (Context) Proxy.newProxyInstance(
                EventFiles.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> method.getName().equals("getLogger") ? logger : null);
    }
}
