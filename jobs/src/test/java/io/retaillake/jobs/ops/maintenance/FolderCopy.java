package io.retaillake.jobs.ops.maintenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Copies of lakes, and of their catalogs, as a backup makes them. */
public final class FolderCopy {

    private static final List<String> CATALOG = List.of("catalog.db", "catalog.db-wal", "catalog.db-shm");

    private FolderCopy() {}

    public static void of(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Puts the catalog of one folder into another, in place of what is there. */
    public static void ofCatalog(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : CATALOG) {
            Files.deleteIfExists(to.resolve(name));
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        }
    }
}
