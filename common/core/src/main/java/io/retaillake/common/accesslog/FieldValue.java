package io.retaillake.common.accesslog;

/**
 * A field's value as its source wrote it. What it says of itself is no value: it may be personal.
 *
 * @param form how {@code text} is to be read
 * @param text Unicode text without a lone surrogate
 */
public record FieldValue(Form form, String text) {

    /** How a value is written down. */
    public enum Form {
        /** The value is a string, and the text is that string. */
        STRING,
        /** The text is the value's JSON. Of a string only where it has half of a surrogate pair, which no text can hold but as an escape. */
        JSON,
        /** The text is a Python literal of a value that JSON can't say without loss: a tuple, a set, bytes, {@code nan}. */
        PYTHON
    }

    @Override
    public String toString() {
        return form + " of " + text.length() + " characters";
    }

    /** Whether {@code text} has half of a surrogate pair. */
    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
