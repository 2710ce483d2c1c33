package io.retaillake.jobs.logs;

import io.retaillake.common.accesslog.AccessLog;
import io.retaillake.common.accesslog.FieldValue;
import io.retaillake.common.accesslog.FieldValue.Form;
import io.retaillake.common.accesslog.LogField;
import io.retaillake.common.json.JsonText;
import java.time.DateTimeException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Makes a row of {@code silver.access_logs} of a record, in the form that Spark writes without converting it. */
final class LogRow {

    static final int SOURCE_ID = 1;

    private static final int IN_DATE = 0;
    private static final int ARRIVED_AT = 2;
    private static final int FIRST_TEXT = 3;

    private static final List<LogField> TEXTS = List.of(
            LogField.USER_ID,
            LogField.RECORD_ID,
            LogField.ACTIVITY,
            LogField.URL,
            LogField.METHOD,
            LogField.NAME,
            LogField.DETAIL);
    private static final Set<String> KNOWN =
            Stream.of(LogField.values()).map(LogField::source).collect(Collectors.toUnmodifiableSet());

    private static final int IN_DATE_TEXT = FIRST_TEXT + TEXTS.size();
    private static final int FORMS = IN_DATE_TEXT + 1;
    private static final int MORE = FORMS + 1;
    private static final int ITEM = MORE + 1;
    private static final int TURN = ITEM + 1;

    /** The order within a file. */
    static final Comparator<InternalRow> BY_TIME = Comparator.comparingLong((InternalRow row) -> row.getLong(IN_DATE))
            .thenComparing(row -> row.getUTF8String(SOURCE_ID));

    private static final String NULL = "null";
    private static final long MICROS_PER_MILLI = 1000;

    private final StringBuilder forms = new StringBuilder();
    private final StringBuilder more = new StringBuilder();

    private LogRow() {}

    /**
     * The row.
     *
     * @throws DateTimeException if the record has no time of the object's hour, without which none is stored
     */
    static InternalRow of(AccessLog log, LogObject object) {
        return new LogRow().row(log, object);
    }

    private InternalRow row(AccessLog log, LogObject object) {
        Map<String, FieldValue> fields = log.fields();
        Object[] row = new Object[TURN + 1];
        InDate inDate = InDate.of(fields.get(LogField.IN_DATE.source()), object.hour());
        row[IN_DATE] = inDate.micros();
        row[SOURCE_ID] = UTF8String.fromString(log.sourceId());
        row[ARRIVED_AT] = log.arrivedAtMillis() == null ? null : log.arrivedAtMillis() * MICROS_PER_MILLI;
        for (int i = 0; i < TEXTS.size(); i++) {
            row[FIRST_TEXT + i] = UTF8String.fromString(
                    text(TEXTS.get(i), fields.get(TEXTS.get(i).source())));
        }
        row[IN_DATE_TEXT] = UTF8String.fromString(inDate.otherText());
        addFurther(fields);
        row[FORMS] = object(forms);
        row[MORE] = object(more);
        StringBuilder item = new StringBuilder();
        new TreeMap<>(log.item()).forEach((name, json) -> add(item, name).append(json));
        row[ITEM] = object(item);
        row[TURN] = object.turn();
        return new GenericInternalRow(row);
    }

    private String text(LogField field, FieldValue value) {
        if (value == null) {
            JsonText.append(add(forms, field.column()), "missing");
            return null;
        }
        if (value.form() == Form.STRING) {
            return value.text();
        }
        addForm(field.column(), value);
        return value.form() == Form.JSON && value.text().equals(NULL) ? null : value.text();
    }

    private void addForm(String column, FieldValue value) {
        JsonText.append(add(forms, column), value.form() == Form.JSON ? "json" : "python");
    }

    private void addFurther(Map<String, FieldValue> fields) {
        if (KNOWN.containsAll(fields.keySet())) {
            return;
        }
        Map<String, FieldValue> further = new TreeMap<>(fields);
        further.keySet().removeAll(KNOWN);
        further.forEach((name, value) -> {
            if (value.form() == Form.JSON) {
                add(more, name).append(value.text());
            } else {
                JsonText.append(add(more, name), value.text());
            }
            if (value.form() == Form.PYTHON) {
                addForm("more." + name, value);
            }
        });
    }

    private static StringBuilder add(StringBuilder members, String name) {
        if (!members.isEmpty()) {
            members.append(',');
        }
        JsonText.append(members, name);
        return members.append(':');
    }

    private static UTF8String object(StringBuilder members) {
        return members.isEmpty() ? null : UTF8String.fromString("{" + members + "}");
    }
}
