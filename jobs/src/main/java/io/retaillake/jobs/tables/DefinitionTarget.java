package io.retaillake.jobs.tables;

import io.retaillake.common.job.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which definitions a person means.
 *
 * @param folder the folder with definitions; empty for the library's alone
 * @param name a table's name, with its layer or without; empty for all of the folder
 */
record DefinitionTarget(Optional<String> folder, Optional<String> name) {

    /**
     * Reads it.
     *
     * @param text one of a definition's files, a folder, or a table's name; null where nothing was given
     * @param tables the folder of {@code --tables}, for a table's name; may be null
     * @param problems gets what is wrong
     * @return null where anything is
     */
    static DefinitionTarget parse(String text, String tables, Problems problems) {
        if (text == null || text.isBlank()) {
            problems.add("the definition is missing; give its .sql or .yaml file, a folder, or a table's name");
            return null;
        }
        boolean file = text.endsWith(".sql") || text.endsWith(".yaml");
        boolean folder = !file && (text.contains("/") || Files.isDirectory(Path.of(text)));
        if (tables != null && (file || folder)) {
            problems.add("--tables goes with a table's name; " + text + " is a " + (file ? "file" : "folder"));
            return null;
        }
        if (folder) {
            return new DefinitionTarget(Optional.of(text), Optional.empty());
        }
        if (!file) {
            return new DefinitionTarget(Optional.ofNullable(tables), Optional.of(text));
        }
        int slash = text.lastIndexOf('/');
        String parent = slash < 0 ? "." : slash == 0 ? "/" : text.substring(0, slash);
        String name = text.substring(slash + 1).replaceFirst("(\\.test\\.yaml|\\.yaml|\\.sql)$", "");
        return new DefinitionTarget(Optional.of(parent), Optional.of(name));
    }

    /** The same of files alone: a table's name is a problem. */
    static DefinitionTarget parseFiles(String target, Problems problems) {
        DefinitionTarget definitions = parse(target, null, problems);
        if (definitions != null && definitions.folder().isEmpty()) {
            problems.add(target + " is no folder, and no .sql or .yaml file");
        }
        return definitions;
    }

    /** Whether a table is meant, if it is in the folder. */
    boolean includes(String table) {
        return name.isEmpty() || name.get().equals(table) || name.get().equals(table.substring(table.indexOf('.') + 1));
    }
}
