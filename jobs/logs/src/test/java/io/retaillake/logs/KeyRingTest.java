package io.retaillake.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.macasaet.fernet.Key;
import com.macasaet.fernet.Token;
import io.retaillake.common.accesslog.NotARecordException;
import io.retaillake.common.accesslog.RejectReason;
import io.retaillake.common.job.JobException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {

    private static final Instant START = Instant.parse("2026-11-29T00:00:00Z");

    @TempDir
    private Path folder;

    /** Those of the specification of Fernet (github.com/fernet/spec). */
    private static JsonNode vectors() throws Exception {
        try (InputStream in = KeyRingTest.class.getResourceAsStream("fernet-vectors.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static Stream<JsonNode> invalid() throws Exception {
        List<JsonNode> vectors = new ArrayList<>();
        vectors().get("invalid").forEach(vectors::add);
        return vectors.stream();
    }

    @Test
    void specificationsTokensAreOpened() throws Exception {
        for (JsonNode vector : vectors().get("verify")) {
            assertThat(new String(ring(vector).open(vector.get("token").textValue()), StandardCharsets.UTF_8))
                    .isEqualTo(vector.get("src").textValue());
        }
    }

    @Test
    void specificationsTokensAreMade() throws Exception {
        for (JsonNode vector : vectors().get("generate")) {
            Random iv = new Random() {
                @Override
                public void nextBytes(byte[] bytes) {
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = (byte) vector.get("iv").get(i).intValue();
                    }
                }
            };
            assertThat(TokenWriter.token(
                            new Key(vector.get("secret").textValue()),
                            vector.get("src").textValue(),
                            OffsetDateTime.parse(vector.get("now").textValue()).toInstant(),
                            iv))
                    .isEqualTo(vector.get("token").textValue());
        }
    }

    /** A stored token is not too old, and has no time to live: those two vectors are good. */
    @ParameterizedTest
    @MethodSource("invalid")
    void specificationsInvalidTokensAreNotOpened(JsonNode vector) throws Exception {
        KeyRing ring = ring(vector);
        String description = vector.get("desc").textValue();
        if (description.startsWith("far-future") || description.startsWith("expired")) {
            assertThat(ring.open(vector.get("token").textValue())).isEmpty();
        } else {
            assertThatThrownBy(() -> ring.open(vector.get("token").textValue()))
                    .isInstanceOfSatisfying(
                            NotARecordException.class,
                            e -> assertThat(e.reason()).isIn(RejectReason.NOT_A_TOKEN, RejectReason.NOT_VERIFIED));
        }
    }

    private static KeyRing ring(JsonNode vector) {
        return new KeyRing(
                () -> List.of(new Key(vector.get("secret").textValue())),
                Clock.fixed(OffsetDateTime.parse(vector.get("now").textValue()).toInstant(), ZoneOffset.UTC));
    }

    @Test
    void changedTokensAreNotOpened() {
        Key key = Key.generateKey();
        KeyRing ring = new KeyRing(() -> List.of(key), Clock.systemUTC());
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        System.out.println("changed tokens with -Dfuzz.seed=" + seed);
        Random random = new Random(seed);
        byte[] token = Token.generate(key, "{'a': 1}").serialise().getBytes(StandardCharsets.US_ASCII);
        int same = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] changed = token.clone();
            int at = random.nextInt(changed.length - 2);
            changed[at] = (byte) (random.nextBoolean() ? changed[at] ^ 1 << random.nextInt(7) : random.nextInt(128));
            try {
                // Base64 has bits that say nothing: such a change is none.
                assertThat(ring.open(new String(changed, StandardCharsets.US_ASCII)))
                        .asString()
                        .isEqualTo("{'a': 1}");
                same++;
            } catch (NotARecordException e) {
                assertThat(e.reason()).isIn(RejectReason.NOT_A_TOKEN, RejectReason.NOT_VERIFIED);
            }
        }
        assertThat(same).isLessThan(200);
    }

    @Test
    void keysAreReadAgainWhenTheyAreRotatedButOnceAMinuteAtMost() throws Exception {
        Key old = Key.generateKey();
        Key newer = Key.generateKey();
        Path file = Files.writeString(folder.resolve("keys"), old.serialise() + "\n");
        TrialClock clock = new TrialClock(START);
        int[] reads = new int[1];
        KeySource keyFile = new KeyFile(file);
        KeyRing ring = new KeyRing(
                () -> {
                    reads[0]++;
                    return keyFile.read();
                },
                clock);
        String oldToken = Token.generate(old, "old").serialise();
        String newToken = Token.generate(newer, "new").serialise();
        assertThat(ring.open(oldToken)).asString().isEqualTo("old");

        Files.writeString(file, newer.serialise() + "\n" + old.serialise() + "\n");
        clock.sleep(Duration.ofSeconds(59));
        assertThatThrownBy(() -> ring.open(newToken)).isInstanceOf(NotARecordException.class);
        assertThat(reads[0]).isEqualTo(1);

        clock.sleep(Duration.ofSeconds(2));
        assertThat(ring.open(newToken)).asString().isEqualTo("new");
        assertThat(ring.open(oldToken)).asString().isEqualTo("old");
        assertThat(reads[0]).isEqualTo(2);

        Files.delete(file);
        clock.sleep(Duration.ofMinutes(2));
        String foreign = Token.generate(Key.generateKey(), "x").serialise();
        assertThatThrownBy(() -> ring.open(foreign)).isInstanceOf(NotARecordException.class);
        assertThat(ring.open(newToken)).asString().isEqualTo("new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%1$s\n%2$s\n", "# the newer first\n%1$s\n\n%2$s", "{\"keys\": [\"%1$s\", \"%2$s\"]}"})
    void severalKeys(String format) {
        Key first = Key.generateKey();
        Key second = Key.generateKey();
        assertThat(KeyText.read(String.format(format, first.serialise(), second.serialise()), "a test"))
                .extracting(Key::serialise)
                .containsExactly(first.serialise(), second.serialise());
    }

    @Test
    void wrongKeysAreAllToldAndNoneIsShown() {
        String good = Key.generateKey().serialise();
        assertThatThrownBy(() -> KeyText.read("secret-one\n" + good + "\nsecret-two\n", "the file keys"))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("the file keys")
                .hasMessageContaining("key 1 is no")
                .hasMessageContaining("key 3 is no")
                .message()
                .doesNotContain("secret", good);
        assertThatThrownBy(() -> KeyText.read("{\"password\": \"secret\"}", "x"))
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> KeyText.read("\n", "x")).hasMessageContaining("there is no key");
    }

    @Test
    void hugeTokenIsTooLarge() {
        KeyRing ring = new KeyRing(() -> List.of(Key.generateKey()), Clock.systemUTC());
        assertThatThrownBy(() -> ring.open("A".repeat(2_000_000)))
                .isInstanceOfSatisfying(
                        NotARecordException.class, e -> assertThat(e.reason()).isEqualTo(RejectReason.TOO_LARGE));
    }
}
