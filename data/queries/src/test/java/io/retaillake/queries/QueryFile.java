package io.retaillake.queries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A query that analysts get, a file in {@code data/queries}.
 *
 * @param name its name, which is the file's
 * @param text the file: a comment and one statement
 */
record QueryFile(String name, String text) {

    private static final String SUFFIX = ".sql";
    private static final String FROM_SILVER = "-from-silver";

    /** All of them, sorted by name. */
    static List<QueryFile> all() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(QueryFile::read)
                    .toList();
        }
    }

    static QueryFile named(String name) {
        return read(Path.of(name + SUFFIX));
    }

    private static QueryFile read(Path file) {
        String name = file.getFileName().toString();
        return new QueryFile(name.substring(0, name.length() - SUFFIX.length()), Resources.text(file));
    }

    /** The comment that it begins with, without the dashes; Athena shows it as the named query's description. */
    String description() {
        return text.lines()
                .takeWhile(line -> line.startsWith("--"))
                .map(line -> line.substring(2).strip())
                .collect(Collectors.joining("\n"));
    }

    /** The statement without that comment. */
    String statement() {
        return text.lines().dropWhile(line -> line.startsWith("--")).collect(Collectors.joining("\n"));
    }

    /** The question that it answers: the form over silver answers the same as the one over gold. */
    String question() {
        return name.endsWith(FROM_SILVER) ? name.substring(0, name.length() - FROM_SILVER.length()) : name;
    }

    boolean isFromSilver() {
        return name.endsWith(FROM_SILVER);
    }

    @Override
    public String toString() {
        return name;
    }
}
