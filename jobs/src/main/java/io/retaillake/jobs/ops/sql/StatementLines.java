package io.retaillake.jobs.ops.sql;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells JLine where what a person types ends: a statement at its semicolon, a command of the session at its line's end. */
final class StatementLines implements Parser {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.`\\\\]*");

    @Override
    public ParsedLine parse(String text, int cursor, ParseContext context) {
        boolean toRun = context == ParseContext.ACCEPT_LINE || context == ParseContext.SECONDARY_PROMPT;
        if (toRun
                && !text.isBlank()
                && !SessionCommand.isOne(text)
                && !Script.of(text).isEnded()) {
            throw new EOFError(-1, -1, "the statement goes on until its semicolon");
        }
        return Word.at(text, cursor);
    }

    /**
     * The name, of one or several parts, in which the cursor is.
     *
     * @param line all of the text
     * @param cursor where the cursor is in it
     * @param begin where the name begins
     * @param word the name
     */
    record Word(String line, int cursor, int begin, String word) implements CompletingParsedLine {

        static Word at(String line, int cursor) {
            Matcher names = NAME.matcher(line);
            while (names.find()) {
                if (names.start() <= cursor && cursor <= names.end()) {
                    return new Word(line, cursor, names.start(), names.group());
                }
            }
            return new Word(line, cursor, cursor, "");
        }

        @Override
        public int wordCursor() {
            return cursor - begin;
        }

        @Override
        public int wordIndex() {
            return begin == 0 ? 0 : 1;
        }

        @Override
        public List<String> words() {
            return begin == 0 ? List.of(word) : List.of(line.substring(0, begin), word);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }
    }
}
