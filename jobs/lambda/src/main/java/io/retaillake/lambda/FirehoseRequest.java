package io.retaillake.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What Firehose calls the function with: {@code {"invocationId": …, "records": [{"recordId": …, "data": …}, …]}}. */
final class FirehoseRequest {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private FirehoseRequest() {}

    /**
     * The records, in their order.
     *
     * @param now the arrival of records without one
     * @throws IllegalArgumentException if this is no such request; then Firehose repeats the call, and after some repetitions stores
     *     the whole batch as failed. The message has nothing of the request.
     */
    static List<FirehoseRecord> read(InputStream input, Instant now) throws IOException {
        List<FirehoseRecord> records = new ArrayList<>();
        try (JsonParser json = JSON.createParser(input)) {
            require(json.nextToken() == JsonToken.START_OBJECT, json);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isRecords = json.currentName().equals("records");
                JsonToken value = json.nextToken();
                if (!isRecords) {
                    json.skipChildren();
                    continue;
                }
                require(value == JsonToken.START_ARRAY, json);
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    records.add(record(json, now));
                }
                require(json.currentToken() == JsonToken.END_ARRAY, json);
            }
            require(json.currentToken() == JsonToken.END_OBJECT, json);
        } catch (JsonProcessingException e) {
            // Its message, and so the exception itself as a cause, would have some of the request in it.
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw notUnderstood(column);
        }
        return records;
    }

    private static FirehoseRecord record(JsonParser json, Instant now) throws IOException {
        String recordId = null;
        Instant arrival = now;
        byte[] data = new byte[0];
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("recordId") && value == JsonToken.VALUE_STRING) {
                recordId = json.getText();
            } else if (name.equals("approximateArrivalTimestamp") && value == JsonToken.VALUE_NUMBER_INT) {
                arrival = Instant.ofEpochMilli(json.getLongValue());
            } else if (name.equals("data") && value == JsonToken.VALUE_STRING) {
                data = decoded(json);
            } else {
                json.skipChildren();
            }
        }
        require(json.currentToken() == JsonToken.END_OBJECT && recordId != null, json);
        return new FirehoseRecord(recordId, arrival, data);
    }

    private static byte[] decoded(JsonParser json) throws IOException {
        try {
            return Base64.getDecoder().decode(json.getText());
        } catch (IllegalArgumentException e) {
            throw notUnderstood(json.currentTokenLocation().getColumnNr());
        }
    }

    private static void require(boolean condition, JsonParser json) {
        if (!condition) {
            throw notUnderstood(json.currentLocation().getColumnNr());
        }
    }

    private static IllegalArgumentException notUnderstood(int column) {
        return new IllegalArgumentException(
                "The call is not one of Firehose's for a transformation, from its character " + column
                        + " on. Let only a Firehose stream call this function, with Direct PUT or a Kinesis stream as its source.");
    }
}
