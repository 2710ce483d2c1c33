package io.retaillake.common.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Payloads of all sorts: noise, tokens of JSON in any order, and events with bytes exchanged, lost, repeated and added. */
final class RandomPayloads {

    private static final String[] TOKENS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        " ",
        "0",
        "-",
        "1.5",
        "1e9",
        "true",
        "null",
        "\"timestamp\":",
        "\"path\":",
        "\"status_code\":",
        "\"2026-11-28T10:05:07\"",
        "\"::ffff:10.1.2.3\"",
        "{\"a\":1}",
        "[1,[2]]",
        "\\ud83d",
        "\\u00e9",
        "é",
        "😀",
        "99999999999999999999",
        "\u0000",
        "\uFEFF"
    };

    private static final String[] EVENTS = {
        "{\"timestamp\":\"2026-11-28T10:05:07.123456\",\"event_type\":\"login\",\"user_id\":1234,\"ip_address\":\"192.168.3.77\","
                + "\"status_code\":200,\"response_size\":512,\"path\":\"/api/users?id=1&q=a#b\"}",
        "{ \"user_id\" : \"김\\n\\u0041\", \"timestamp\" : \"2026-11-28 19:05+09:00\", \"ip_address\" : \"2001:db8:1::7334%eth0\","
                + " \"status_code\" : \"404\", \"nested\" : { \"path\" : [ 1, { \"x\" : null } ] } }",
        "{\"timestamp\":\"2026-11-28T10:05Z\"}\n{\"timestamp\":\"2026-11-28T10:06Z\",\"status_code\":-1.5e3}",
    };

    private final Random random;

    RandomPayloads(long seed) {
        random = new Random(seed);
    }

    byte[] next() {
        return switch (random.nextInt(8)) {
            case 0 -> noise();
            case 1, 2 -> tokens();
            default -> mutated();
        };
    }

    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] tokens() {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "{" : "");
        for (int i = random.nextInt(24); i > 0; i--) {
            text.append(token());
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String token() {
        return TOKENS[random.nextInt(TOKENS.length)];
    }

    private byte[] mutated() {
        byte[] bytes = EVENTS[random.nextInt(EVENTS.length)].getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            int from = random.nextInt(bytes.length);
            int to = from + random.nextInt(Math.min(20, bytes.length - from) + 1);
            bytes = switch (random.nextInt(5)) {
                case 0 -> replaced(bytes, from, from + 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> replaced(bytes, from, to, new byte[0]);
                case 2 -> replaced(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
                case 3 -> replaced(bytes, from, from, token().getBytes(StandardCharsets.UTF_8));
                default -> replaced(bytes, from, from + 1, new byte[] {(byte) (' ' + random.nextInt(95))});
            };
        }
        return bytes;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        ByteArrayOutputStream result = new ByteArrayOutputStream(bytes.length + by.length);
        result.write(bytes, 0, from);
        result.writeBytes(by);
        result.write(bytes, to, bytes.length - to);
        return result.toByteArray();
    }
}
