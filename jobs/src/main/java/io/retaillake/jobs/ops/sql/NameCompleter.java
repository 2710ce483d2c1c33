package io.retaillake.jobs.ops.sql;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes tables, columns and key words; the commands of a session at the beginning of a line. */
final class NameCompleter implements Completer {

    private static final List<String> KEY_WORDS = LakeNames.keyWords();
    private static final List<String> COMMANDS = List.of("\\d", "\\timing", "\\?", "\\h", "\\q");

    private final LakeNames names;

    NameCompleter(LakeNames names) {
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word();
        candidates(line.line(), word, line.wordIndex() == 0).map(Candidate::new).forEach(candidates::add);
    }

    private Stream<String> candidates(String text, String word, boolean isFirst) {
        if (isFirst && SessionCommand.isOne(word)) {
            return COMMANDS.stream();
        }
        try {
            if (SessionCommand.isOne(text)) {
                return names.tables().stream();
            }
            String qualifier = word.substring(0, word.lastIndexOf('.') + 1);
            Stream<String> columns = names.columnsFor(text).stream().map(column -> qualifier + column);
            Stream<String> known = Stream.concat(names.tables().stream(), columns);
            return qualifier.isEmpty() ? Stream.concat(known, keyWords(word)) : known;
        } catch (Exception e) {
            // A lake that can't be read, or a table that is gone: the statement will say so, its completion must not.
            return keyWords(word);
        }
    }

    /** As they are typed: in small letters to who types such. */
    private static Stream<String> keyWords(String word) {
        boolean small = !word.isEmpty() && Character.isLowerCase(word.codePointAt(0));
        return KEY_WORDS.stream().map(name -> small ? name.toLowerCase(Locale.ROOT) : name);
    }
}
