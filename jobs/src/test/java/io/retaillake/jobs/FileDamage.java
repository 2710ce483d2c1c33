package io.retaillake.jobs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** What happens to a data file. */
enum FileDamage {
    DELETED {
        @Override
        void to(Path file) throws IOException {
            Files.delete(file);
        }
    },
    EMPTIED {
        @Override
        void to(Path file) throws IOException {
            cut(file, 0);
        }
    },
    CUT_IN_HALF {
        @Override
        void to(Path file) throws IOException {
            cut(file, Files.size(file) / 2);
        }
    },
    CUT_BY_A_FEW_BYTES {
        @Override
        void to(Path file) throws IOException {
            cut(file, Files.size(file) - 10);
        }
    },
    /** With another file of the table that is longer or shorter. */
    EXCHANGED {
        @Override
        void to(Path file) throws IOException {
            Path other = anotherOfTheTable(file);
            exchange(file, other);
            exchange(checksum(file), checksum(other));
        }
    };

    abstract void to(Path file) throws IOException;

    private static void cut(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    private static Path anotherOfTheTable(Path file) throws IOException {
        Path data = file.getParent();
        while (!data.endsWith("data")) {
            data = data.getParent();
        }
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(candidate -> !candidate.getFileName().toString().startsWith("."))
                    .filter(candidate ->
                            candidate.toFile().length() != file.toFile().length())
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Path checksum(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".crc");
    }

    private static void exchange(Path one, Path other) throws IOException {
        Path aside = one.resolveSibling(".aside");
        Files.move(one, aside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(other, one);
        Files.move(aside, other);
    }
}
