package io.retaillake.jobs.tables;

import io.retaillake.common.job.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a definition, and whether they have changed. Their content is compared: some editors save by renaming. */
final class SavedFiles {

    /** How often they are read; they are small. */
    private static final long PAUSE_MILLISECONDS = 100;

    private final List<Path> files;
    private List<String> known;

    private SavedFiles(List<Path> files) {
        this.files = files;
        this.known = contents();
    }

    /** Those of the definition that is meant; empty, and a problem, where they are not files of this machine. */
    static Optional<SavedFiles> of(DefinitionTarget definition, Problems problems) {
        if (definition.folder().isEmpty() || definition.folder().get().contains("://")) {
            problems.add("--watch needs files of this machine: give the definition's file, or its folder by --tables");
            return Optional.empty();
        }
        Path folder = Path.of(definition.folder().get());
        String name = definition.name().orElse("").replaceFirst("^.*\\.", "");
        return Optional.of(new SavedFiles(List.of(folder.resolve(name + ".sql"), folder.resolve(name + ".yaml"))));
    }

    /** Waits until one of them has changed since this was last asked, and no more changes; false where the thread is interrupted. */
    boolean await() {
        List<String> before = known;
        try {
            do {
                Thread.sleep(PAUSE_MILLISECONDS);
                List<String> now = contents();
                if (now.equals(known) && !now.equals(before)) {
                    return true;
                }
                known = now;
            } while (true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<String> contents() {
        List<String> contents = new ArrayList<>();
        for (Path file : files) {
            try {
                contents.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // Not there between an editor's two steps, or not yet; whether that is wrong is told when it is read.
                contents.add("");
            }
        }
        return contents;
    }

    @Override
    public String toString() {
        return files.get(0) + " or " + files.get(1).getFileName();
    }
}
