package io.retaillake.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.retaillake.common.json.JsonScanner;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: one result each, JSON is what Jackson says is JSON, and no byte is lost. {@code -Dfuzz.seed=…} repeats a failure. */
class RandomPayloadsTest {

    private static final Instant ARRIVAL = Instant.parse("2026-11-28T10:05:09Z");

    private static final JsonMapper JACKSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(JsonScanner.MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern NOTHING_PERSONAL = Pattern.compile("\\d+ bytes rejected: \\[[A-Z_, ]+]");

    private int events;
    private int rejects;

    @Test
    void fiftyThousand() {
        transformAll(50_000);
    }

    @Test
    @Tag("thorough")
    void million() {
        transformAll(1_000_000);
    }

    private void transformAll(int count) {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        System.out.println(count + " payloads with -Dfuzz.seed=" + seed);
        RandomPayloads payloads = new RandomPayloads(seed);
        int pieces = 0;
        for (int i = 0; i < count; i++) {
            byte[] payload = payloads.next();
            try {
                List<byte[]> split = PayloadSplitter.split(payload);
                assertThat(Arrays.equals(withoutWhitespace(split), withoutWhitespace(List.of(payload))))
                        .isTrue();
                pieces += split.size();
                split.forEach(this::check);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "fuzz.seed=" + seed + ", payload " + i + ": " + new String(payload, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(events + rejects).isEqualTo(pieces);
        // The generator makes both.
        assertThat(Math.min(events, rejects)).isGreaterThan(pieces / 20);
    }

    private void check(byte[] piece) {
        EventResult result = EventTransform.transform(piece, ARRIVAL, ARRIVAL);
        boolean json;
        if (result instanceof Reject reject) {
            rejects++;
            assertThat(reject.reasons()).isNotEmpty();
            assertThat(reject.toString()).matches(NOTHING_PERSONAL);
            json = !reject.reasons().contains(RejectReason.NOT_JSON)
                    && !reject.reasons().contains(RejectReason.TOO_DEEP);
        } else {
            events++;
            json = true;
            checkLine((Event) result);
        }
        assertThat(json).isEqualTo(parse(piece) != null);
    }

    private static void checkLine(Event event) {
        byte[] line = EventJson.line(event);
        assertThat(new String(line, StandardCharsets.UTF_8)).matches("[^\n]+\n");
        JsonNode json = parse(line);
        assertThat(json).isNotNull();
        assertThat(json.path("event_type").textValue()).isEqualTo(encodable(event.eventType()));
        assertThat(json.path("path").textValue()).isEqualTo(encodable(event.path()));
        assertThat(json.path("user_id").textValue()).isEqualTo(encodable(event.userId()));
        assertThat(Instant.parse(json.path("timestamp").textValue())).isEqualTo(event.timestamp());
    }

    private static String encodable(String text) {
        return text == null ? null : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** The value, if the bytes are one of JSON in UTF-8; else null. */
    private static JsonNode parse(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode node = JACKSON.readTree(text);
            return node.isMissingNode() ? null : node;
        } catch (CharacterCodingException | JsonProcessingException e) {
            return null;
        }
    }

    private static byte[] withoutWhitespace(List<byte[]> pieces) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            for (byte b : piece) {
                if (!JsonScanner.isWhitespace(b)) {
                    kept.write(b);
                }
            }
        }
        return kept.toByteArray();
    }
}
