package io.retaillake.common.event;

import io.retaillake.common.json.JsonScanner;
import io.retaillake.common.json.JsonScanner.Kind;
import io.retaillake.common.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;

/** The fields of one payload, as texts, and what is wrong with its form. */
final class EventFields {

    private final EnumMap<Field, String> texts = new EnumMap<>(Field.class);
    private final EnumSet<Field> seen = EnumSet.noneOf(Field.class);
    private final EnumSet<RejectReason> problems = EnumSet.noneOf(RejectReason.class);
    private final byte[] payload;
    private final JsonScanner scanner;

    private EventFields(byte[] payload) {
        this.payload = payload;
        this.scanner = new JsonScanner(payload, 0);
    }

    static EventFields read(byte[] payload) {
        EventFields fields = new EventFields(payload);
        fields.read();
        return fields;
    }

    /** A string's text or a number's digits; null if the field is missing, null, or of a type that it can't have. */
    String text(Field field) {
        return texts.get(field);
    }

    /** Every problem; the caller may add its own. */
    EnumSet<RejectReason> problems() {
        return problems;
    }

    /** Whether the fields can be trusted. */
    boolean isObject() {
        return !problems.contains(RejectReason.NOT_JSON)
                && !problems.contains(RejectReason.TOO_DEEP)
                && !problems.contains(RejectReason.NOT_AN_OBJECT);
    }

    private void read() {
        scanner.skipWhitespace();
        boolean object = scanner.take('{');
        boolean wellFormed = object ? members() : scanner.value(0) != Kind.MALFORMED;
        scanner.skipWhitespace();
        if (!wellFormed || !scanner.atEnd()) {
            // What was read up to there may be anything.
            problems.clear();
            problems.add(scanner.tooDeep() ? RejectReason.TOO_DEEP : RejectReason.NOT_JSON);
        } else if (!object) {
            problems.add(RejectReason.NOT_AN_OBJECT);
        }
    }

    private boolean members() {
        scanner.skipWhitespace();
        if (scanner.take('}')) {
            return true;
        }
        do {
            scanner.skipWhitespace();
            if (!member()) {
                return false;
            }
            scanner.skipWhitespace();
        } while (scanner.take(','));
        return scanner.take('}');
    }

    private boolean member() {
        int name = scanner.position() + 1;
        if (!scanner.string()) {
            return false;
        }
        Field field = named(name, scanner.position() - 1);
        scanner.skipWhitespace();
        if (!scanner.take(':')) {
            return false;
        }
        scanner.skipWhitespace();
        int from = scanner.position();
        Kind kind = scanner.value(1);
        if (kind != Kind.MALFORMED && field != null) {
            keep(field, kind, from, scanner.position());
        }
        return kind != Kind.MALFORMED;
    }

    private Field named(int from, int to) {
        if (!scanner.escaped()) {
            return Field.named(payload, from, to);
        }
        byte[] name = JsonText.of(payload, from, to, true).getBytes(StandardCharsets.UTF_8);
        return Field.named(name, 0, name.length);
    }

    private void keep(Field field, Kind kind, int from, int to) {
        if (!seen.add(field)) {
            problems.add(RejectReason.REPEATED_FIELD);
        }
        RejectReason problem = field.problemWith(kind);
        if (problem != null) {
            problems.add(problem);
        } else if (kind == Kind.STRING) {
            texts.put(field, JsonText.of(payload, from + 1, to - 1, scanner.escaped()));
        } else if (kind == Kind.NUMBER) {
            texts.put(field, new String(payload, from, to - from, StandardCharsets.US_ASCII));
        }
    }
}
