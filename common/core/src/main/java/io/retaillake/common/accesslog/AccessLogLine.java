package io.retaillake.common.accesslog;

import io.retaillake.common.accesslog.FieldValue.Form;
import io.retaillake.common.json.JsonText;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a record as a line of JSON, the form in which logs are stored. The same record gives the same line, and
 * {@link AccessLogLineReader} gives the record back, equal in every value.
 *
 * <p>The line's fields, in this order; one that is null is left out:
 *
 * <ul>
 *   <li>{@code source_id}: the item's {@code recordId} as text; never null.
 *   <li>{@code arrived_at}: its {@code ArrivalTimeStamp} in milliseconds since 1970, a number; null if it isn't understood.
 *   <li>{@code user_id}: 64 lower-case hex digits as 44 characters: each half as 22 characters of url-safe Base64 without padding.
 *   <li>{@code record_id}, {@code activity}, {@code url}, {@code name}, {@code detail}: text.
 *   <li>{@code method}: GET {@code 1}, POST {@code 2}, PUT {@code 3}, DELETE {@code 4}, PATCH {@code 5}, as text.
 *   <li>{@code in_date}: {@code 20yy-MM-dd HH:mm:ss.ffffff} as the 18 digits {@code yyMMddHHmmssffffff}, text. Its hour is the object's.
 *   <li>{@code forms}: only if something is not as above: an object, field of the line → how it is kept. {@code text}: a string that has no
 *       shorter form ({@code user_id}, {@code method}, {@code in_date}), as it was. {@code json}: no string; the field is its JSON, and a
 *       null of the source is {@code null} in quotes. {@code python}: a Python value that JSON can't say without loss; the field is its literal.
 *       {@code missing}: the source had no such field. {@code more.<field>} → {@code python} for the fields in {@code more}.
 *   <li>{@code more}: only if the record has further fields: an object, field → text with its JSON, or its Python literal where {@code forms} says
 *       so.
 *   <li>{@code item}: only if the item has fields beside {@code recordId}, {@code ArrivalTimeStamp} and {@code data}, or an
 *       {@code ArrivalTimeStamp} that {@code arrived_at} doesn't say exactly: an object, field → text with its JSON.
 * </ul>
 *
 * <p>No line has a lone surrogate, so that every reader of JSON reads it.
 */
public final class AccessLogLine {

    static final String SOURCE_ID = "source_id";
    static final String ARRIVED_AT = "arrived_at";
    static final String FORMS = "forms";
    static final String MORE = "more";
    static final String ITEM = "item";
    static final String MORE_PREFIX = "more.";

    static final String TEXT_FORM = "text";
    static final String JSON_FORM = "json";
    static final String PYTHON_FORM = "python";
    static final String MISSING_FORM = "missing";

    private final StringBuilder json = new StringBuilder(512);
    private final StringBuilder forms = new StringBuilder();
    private final StringBuilder more = new StringBuilder();

    private AccessLogLine() {}

    /** The line, without its end. */
    public static String of(AccessLog log) {
        return new AccessLogLine().line(log);
    }

    private String line(AccessLog log) {
        json.append('{');
        add(json, SOURCE_ID, log.sourceId());
        if (log.arrivedAtMillis() != null) {
            json.append(",\"").append(ARRIVED_AT).append("\":").append((long) log.arrivedAtMillis());
        }
        Map<String, FieldValue> further = new TreeMap<>(log.fields());
        for (LogField field : LogField.values()) {
            addField(field, further.remove(field.source()));
        }
        further.forEach(this::addFurther);
        addObject(FORMS, forms);
        addObject(MORE, more);
        StringBuilder item = new StringBuilder();
        new TreeMap<>(log.item()).forEach((name, value) -> add(item, name, value));
        addObject(ITEM, item);
        return json.append('}').toString();
    }

    private void addField(LogField field, FieldValue value) {
        if (value == null) {
            add(forms, field.column(), MISSING_FORM);
            return;
        }
        String stored = value.text();
        if (value.form() != Form.STRING) {
            add(forms, field.column(), value.form() == Form.JSON ? JSON_FORM : PYTHON_FORM);
        } else if (field.isEncoded()) {
            stored = field.encode(value.text()).orElse(null);
            if (stored == null) {
                stored = value.text();
                add(forms, field.column(), TEXT_FORM);
            }
        }
        add(json, field.column(), stored);
    }

    private void addFurther(String name, FieldValue value) {
        if (value.form() == Form.PYTHON) {
            add(forms, MORE_PREFIX + name, PYTHON_FORM);
        }
        if (value.form() == Form.STRING) {
            StringBuilder quoted = new StringBuilder();
            JsonText.append(quoted, value.text());
            add(more, name, quoted.toString());
        } else {
            add(more, name, value.text());
        }
    }

    private void addObject(String name, StringBuilder members) {
        if (!members.isEmpty()) {
            json.append(",\"").append(name).append("\":{").append(members).append('}');
        }
    }

    private static void add(StringBuilder members, String name, String value) {
        if (!members.isEmpty() && members.charAt(members.length() - 1) != '{') {
            members.append(',');
        }
        JsonText.append(members, name);
        JsonText.append(members.append(':'), value);
    }
}
