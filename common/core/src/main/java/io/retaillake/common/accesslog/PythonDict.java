package io.retaillake.common.accesslog;

import io.retaillake.common.accesslog.FieldValue.Form;
import io.retaillake.common.json.JsonScanner;
import io.retaillake.common.json.JsonText;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Parses a Python dict literal, and evaluates nothing: what {@code repr} writes of dict, list, tuple, set, str, bytes, int, float, bool and
 * None, each within the others up to {@value JsonScanner#MAX_DEPTH} deep. Not read, because {@code repr} doesn't write them: strings in
 * three quotes, with the prefixes f or r, or side by side; {@code \N{…}}; complex numbers; comments. So is no call or name but True,
 * False, None, nan and inf.
 *
 * <p>A value of a field becomes a string, or JSON where JSON says the same (with keys that are strings and differ), or stays the literal that it
 * was.
 */
final class PythonDict {

    private static final int CHECK_EVERY = 1024;

    private final String text;
    private final Deadline deadline;
    private final PythonString strings;
    private final StringBuilder json = new StringBuilder();
    private boolean sayable;
    private int position;
    private int values;

    PythonDict(String text, Deadline deadline) {
        this.text = text;
        this.deadline = deadline;
        this.strings = new PythonString(text);
    }

    /** The fields of the dict that the text is, with nothing but whitespace around it. */
    Map<String, FieldValue> fields() throws NotARecordException {
        Map<String, FieldValue> fields = new LinkedHashMap<>();
        skipWhitespace();
        expect('{');
        skipWhitespace();
        while (!take('}')) {
            String name = string();
            if (name == null) {
                throw malformed("a field's name is no string");
            }
            skipWhitespace();
            expect(':');
            skipWhitespace();
            RecordParser.put(fields, name, field());
            skipWhitespace();
            if (!take(',')) {
                expect('}');
                break;
            }
            skipWhitespace();
        }
        skipWhitespace();
        if (position < text.length()) {
            throw malformed("something follows the dict");
        }
        return fields;
    }

    private FieldValue field() throws NotARecordException {
        int from = position;
        json.setLength(0);
        sayable = true;
        String string = beginsString() ? string() : null;
        if (string != null && !strings.hasSurrogateEscape()) {
            return new FieldValue(Form.STRING, string);
        }
        position = from;
        value(1);
        return sayable
                ? new FieldValue(Form.JSON, json.toString())
                : new FieldValue(Form.PYTHON, text.substring(from, position));
    }

    private void value(int depth) throws NotARecordException {
        if (++values % CHECK_EVERY == 0) {
            deadline.check();
        }
        if (position == text.length()) {
            throw malformed("it ends within a value");
        }
        char c = text.charAt(position);
        if (beginsString()) {
            String string = string();
            if (string == null || strings.hasSurrogateEscape()) {
                sayable = false;
            } else {
                JsonText.append(json, string);
            }
        } else if (c == '{' || c == '[' || c == '(') {
            if (depth == JsonScanner.MAX_DEPTH) {
                throw malformed("its values are deeper in each other than " + JsonScanner.MAX_DEPTH);
            }
            position++;
            switch (c) {
                case '{' -> dictOrSet(depth);
                case '[' -> list(']', depth);
                default -> {
                    sayable = false;
                    tuple(depth);
                }
            }
        } else if (!word("True", "true") && !word("False", "false") && !word("None", "null") && !emptySet()) {
            number();
        }
    }

    private void list(char close, int depth) throws NotARecordException {
        json.append('[');
        skipWhitespace();
        for (boolean first = true; !take(close); first = false) {
            if (!first) {
                json.append(',');
            }
            value(depth + 1);
            skipWhitespace();
            if (!take(',')) {
                expect(close);
                break;
            }
            skipWhitespace();
        }
        json.append(']');
    }

    /** A pair of brackets around one value without a comma is that value; it stays as it was, too. */
    private void tuple(int depth) throws NotARecordException {
        skipWhitespace();
        if (text.startsWith(",", position)) {
            throw malformed("a tuple begins with a comma");
        }
        list(')', depth);
    }

    private void dictOrSet(int depth) throws NotARecordException {
        json.append('{');
        Set<String> names = new HashSet<>();
        skipWhitespace();
        boolean isSet = false;
        for (int i = 0; !take('}'); i++) {
            if (i > 0) {
                json.append(',');
            }
            boolean isString = beginsString();
            int from = json.length();
            value(depth + 1);
            if (!isString || !names.add(json.substring(from))) {
                sayable = false;
            }
            skipWhitespace();
            if (i == 0) {
                isSet = !text.startsWith(":", position);
                sayable &= !isSet;
            }
            if (!isSet) {
                expect(':');
                json.append(':');
                skipWhitespace();
                value(depth + 1);
                skipWhitespace();
            }
            if (!take(',')) {
                expect('}');
                break;
            }
            skipWhitespace();
        }
        json.append('}');
    }

    private boolean word(String python, String asJson) {
        if (!text.startsWith(python, position)) {
            return false;
        }
        position += python.length();
        json.append(asJson);
        return true;
    }

    private boolean emptySet() {
        if (!word("set()", "")) {
            return false;
        }
        sayable = false;
        return true;
    }

    private void number() throws NotARecordException {
        String number = PythonNumber.at(text, position);
        if (number == null) {
            throw malformed("there is a name, a call, or what else is no value");
        }
        position += number.length();
        if (PythonNumber.isJson(number)) {
            json.append(number);
        } else {
            sayable = false;
        }
    }

    private boolean beginsString() {
        return PythonString.beginsAt(text, position);
    }

    /** The string that begins here; null for bytes. */
    private String string() throws NotARecordException {
        String string = strings.read(position);
        position = strings.end();
        return string;
    }

    private void skipWhitespace() {
        while (position < text.length() && " \t\n\r\f".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private boolean take(char expected) {
        if (position < text.length() && text.charAt(position) == expected) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char expected) throws NotARecordException {
        if (!take(expected)) {
            throw malformed("'" + expected + "' is missing");
        }
    }

    private NotARecordException malformed(String why) {
        return RecordParser.notARecord("at character " + position + ", " + why);
    }
}
