package io.retaillake.common.accesslog;

import io.retaillake.common.accesslog.FieldValue.Form;
import io.retaillake.common.json.JsonMembers;
import io.retaillake.common.json.JsonMembers.Member;
import io.retaillake.common.json.JsonScanner.Kind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the lines that {@link AccessLogLine} writes. */
public final class AccessLogLineReader {

    private final JsonMembers members;
    private final Map<String, String> forms;

    private AccessLogLineReader(JsonMembers members) throws MalformedLineException {
        this.members = members;
        this.forms = object(AccessLogLine.FORMS);
    }

    /**
     * The record that a line says.
     *
     * @throws MalformedLineException if the line is none of these
     */
    public static AccessLog read(String line) throws MalformedLineException {
        return read(line.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same, of the line's UTF-8.
     *
     * @throws MalformedLineException if the line is none of these
     */
    public static AccessLog read(byte[] line) throws MalformedLineException {
        JsonMembers members =
                JsonMembers.of(line).orElseThrow(() -> new MalformedLineException("it is no JSON object"));
        return new AccessLogLineReader(members).log();
    }

    private AccessLog log() throws MalformedLineException {
        String sourceId = text(AccessLogLine.SOURCE_ID);
        if (sourceId == null) {
            throw new MalformedLineException(AccessLogLine.SOURCE_ID + " is missing");
        }
        Map<String, FieldValue> fields = new LinkedHashMap<>();
        for (LogField field : LogField.values()) {
            FieldValue value = field(field);
            if (value != null) {
                fields.put(field.source(), value);
            }
        }
        for (Map.Entry<String, String> further : object(AccessLogLine.MORE).entrySet()) {
            fields.put(further.getKey(), further(further.getKey(), further.getValue()));
        }
        return new AccessLog(sourceId, arrivedAt(), object(AccessLogLine.ITEM), fields);
    }

    private Long arrivedAt() throws MalformedLineException {
        Member member = members.named(AccessLogLine.ARRIVED_AT).orElse(null);
        if (member == null || member.kind() == Kind.NULL) {
            return null;
        }
        try {
            return Long.valueOf(members.json(member));
        } catch (NumberFormatException e) {
            throw new MalformedLineException(AccessLogLine.ARRIVED_AT + " is no whole number");
        }
    }

    private FieldValue field(LogField field) throws MalformedLineException {
        String stored = text(field.column());
        String form = forms.get(field.column());
        if (stored == null) {
            if (!AccessLogLine.MISSING_FORM.equals(form)) {
                throw new MalformedLineException(field.column() + " is null, but not said to be missing");
            }
            return null;
        }
        if (form == null && field.isEncoded()) {
            return new FieldValue(
                    Form.STRING,
                    field.decode(stored)
                            .orElseThrow(() -> new MalformedLineException(field.column() + " is no shorter form")));
        }
        if (form == null || form.equals(AccessLogLine.TEXT_FORM)) {
            return new FieldValue(Form.STRING, stored);
        }
        return switch (form) {
            case AccessLogLine.JSON_FORM -> new FieldValue(Form.JSON, stored);
            case AccessLogLine.PYTHON_FORM -> new FieldValue(Form.PYTHON, stored);
            default -> throw new MalformedLineException(field.column() + " is kept in a form that is not known");
        };
    }

    /** A further field. One whose JSON is a string's is that string, if it can be one. */
    private FieldValue further(String name, String stored) {
        if (AccessLogLine.PYTHON_FORM.equals(forms.get(AccessLogLine.MORE_PREFIX + name))) {
            return new FieldValue(Form.PYTHON, stored);
        }
        if (stored.startsWith("\"")) {
            JsonMembers only = JsonMembers.of(("{\"value\":" + stored + '}').getBytes(StandardCharsets.UTF_8))
                    .orElse(null);
            String text = only == null ? "" : only.text(only.list().get(0));
            if (only != null && !FieldValue.hasLoneSurrogate(text)) {
                return new FieldValue(Form.STRING, text);
            }
        }
        return new FieldValue(Form.JSON, stored);
    }

    private String text(String name) throws MalformedLineException {
        Member member = members.named(name).orElse(null);
        if (member == null || member.kind() == Kind.NULL) {
            return null;
        }
        if (member.kind() != Kind.STRING) {
            throw new MalformedLineException(name + " is no string");
        }
        return members.text(member);
    }

    private Map<String, String> object(String name) throws MalformedLineException {
        Member member = members.named(name).orElse(null);
        if (member == null || member.kind() == Kind.NULL) {
            return Map.of();
        }
        if (member.kind() != Kind.OBJECT) {
            throw new MalformedLineException(name + " is no object");
        }
        JsonMembers object = JsonMembers.of(members.json(member).getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        Map<String, String> texts = new LinkedHashMap<>();
        for (Member text : object.list()) {
            if (text.kind() != Kind.STRING) {
                throw new MalformedLineException("a field of " + name + " is no string");
            }
            texts.put(text.name(), object.text(text));
        }
        return texts;
    }
}
