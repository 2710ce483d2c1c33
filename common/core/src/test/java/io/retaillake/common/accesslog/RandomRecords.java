package io.retaillake.common.accesslog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Records as a source may write them: the usual, the unusual and the hostile, as JSON and as Python. */
final class RandomRecords {

    private static final String[] METHODS = {"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "get", "1", "5", "6", ""};
    private static final String[] TEXTS = {
        "",
        " ",
        "null",
        "1",
        "true",
        "it's",
        "say \"hi\"",
        "both ' and \"",
        "back\\slash",
        "\\",
        "{'a': 1}",
        "[1, 2",
        "line\nnext",
        "\r\n\t",
        "\u0000",
        "\u001f\u007f",
        "로그인",
        "😀",
        "é",
        "\u2028\u2029",
        "\ufeff",
        "\ufffd",
        "</script>",
        "2023-03-20 10:05:07.123456",
        "=1+1"
    };
    private static final String[] TIMES = {
        "2023-03-20 10:05:07.123456",
        "2000-02-29 23:59:59.999999",
        "2099-12-31 00:00:00.000000",
        "1999-12-31 23:59:59.999999",
        "2100-01-01 00:00:00.000000",
        "2023-03-20 10:05:07",
        "2023-03-20T10:05:07.123456",
        "2023-03-20 10:05:07.123",
        "2023-03-20 10:05",
        "2023-03-20 10:05:07.123456+09:00",
        "2023-03-20 10:05:07.123456Z"
    };

    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    /** A record's fields as values of Java: String, Long, Double, Boolean, null, Map; what is missing is missing. */
    Map<String, Object> next() {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "user_id", this::userId);
        put(fields, "record_id", () -> String.valueOf(random.nextInt(1_000_000)));
        put(fields, "activity", this::text);
        put(fields, "url", () -> "/api/items/" + random.nextInt(100));
        put(fields, "method", () -> METHODS[random.nextInt(METHODS.length)]);
        put(fields, "name", this::text);
        fields.put("inDate", TIMES[random.nextInt(TIMES.length)]);
        put(fields, "detail", this::text);
        while (random.nextInt(4) == 0) {
            fields.put(random.nextBoolean() ? text() : "field" + random.nextInt(3), value(3));
        }
        return fields;
    }

    private void put(Map<String, Object> fields, String name, Supplier<String> usual) {
        int kind = random.nextInt(12);
        if (kind > 0) {
            fields.put(name, kind == 1 ? value(3) : usual.get());
        }
    }

    private String userId() {
        StringBuilder id = new StringBuilder();
        int digits = random.nextInt(5) == 0 ? random.nextInt(70) : 64;
        String alphabet = random.nextInt(8) == 0 ? "0123456789ABCDEF" : "0123456789abcdef";
        for (int i = 0; i < digits; i++) {
            id.append(alphabet.charAt(random.nextInt(16)));
        }
        return id.toString();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        do {
            if (random.nextBoolean()) {
                text.append(TEXTS[random.nextInt(TEXTS.length)]);
            } else {
                int codePoint = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
                text.appendCodePoint(codePoint >= 0xD800 && codePoint <= 0xDFFF ? 'x' : codePoint);
            }
        } while (random.nextInt(3) > 0);
        return text.toString();
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> random.nextDouble();
            case 4 -> text();
            case 5 -> {
                Object[] list = new Object[random.nextInt(4)];
                for (int i = 0; i < list.length; i++) {
                    list[i] = value(depth - 1);
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(text(), value(depth - 1));
                }
                yield map;
            }
        };
    }

    /** The value as Python's {@code repr} writes it. */
    static String repr(Object value) {
        StringBuilder out = new StringBuilder();
        repr(out, value);
        return out.toString();
    }

    private static void repr(StringBuilder out, Object value) {
        if (value == null) {
            out.append("None");
        } else if (value instanceof Boolean truth) {
            out.append(truth ? "True" : "False");
        } else if (value instanceof String text) {
            repr(out, text);
        } else if (value instanceof Object[] list) {
            String separator = "";
            out.append('[');
            for (Object element : list) {
                repr(out.append(separator), element);
                separator = ", ";
            }
            out.append(']');
        } else if (value instanceof Map<?, ?> map) {
            String separator = "";
            out.append('{');
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                repr(out.append(separator), entry.getKey());
                repr(out.append(": "), entry.getValue());
                separator = ", ";
            }
            out.append('}');
        } else {
            out.append(value.toString().replace("E-", "e-"));
        }
    }

    private static void repr(StringBuilder out, String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        out.append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c == quote) {
                        out.append('\\').append(quote);
                    } else if (c < ' ' || (c >= 0x7f && c < 0xa1)) {
                        out.append(String.format("\\x%02x", c));
                    } else if (c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                        out.append(String.format("\\u%04x", c));
                    } else if (c > 0x1FFFF) {
                        out.append(String.format("\\U%08x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        out.append(quote);
    }
}
