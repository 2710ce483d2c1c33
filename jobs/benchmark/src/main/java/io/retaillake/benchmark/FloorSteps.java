package io.retaillake.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;

/** The least that anybody must do, beside starting Spark: get the purchases out of PostgreSQL, and read and write what a lake consists of. */
final class FloorSteps {

    static final String COPY_TEXT = "COPY text";
    static final String COPY_BINARY = "COPY binary";
    static final String COPY_FILES = "read and write files";
    static final String LAYER = "floor";

    private FloorSteps() {}

    /** Does one step; the folder of {@link #COPY_FILES} is the one that is read. */
    public static void main(String[] arguments) throws Exception {
        StepOptions options = StepOptions.of(arguments);
        Path copies = options.folder().resolveSibling("copies");
        Steps steps = new Steps(copies);
        switch (options.step()) {
            case COPY_TEXT -> copy(options, steps, COPY_TEXT, "text");
            case COPY_BINARY -> copy(options, steps, COPY_BINARY, "binary");
            case COPY_FILES -> steps.run(LAYER, COPY_FILES, () -> copyFiles(options.folder(), copies));
            default -> throw new IllegalArgumentException(options.step());
        }
    }

    private static void copy(StepOptions options, Steps steps, String name, String format) throws Exception {
        try (Connection connection = options.source().connect()) {
            steps.run(
                    LAYER,
                    name,
                    () -> CopyOut.copy(
                            connection, options.source().table("purchase"), format, OutputStream.nullOutputStream()));
        }
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.toList();
        }
        for (Path path : all) {
            // The first is the folder itself.
            Files.copy(path, to.resolve(from.relativize(path)));
        }
    }
}
