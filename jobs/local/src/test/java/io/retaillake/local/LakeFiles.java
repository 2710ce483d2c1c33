package io.retaillake.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicInteger;

/** The files of a lake in a folder, while others write there. */
final class LakeFiles {

    private LakeFiles() {}

    /** How many there are; checksums beside them don't count. */
    static int count(Path lake) throws IOException {
        if (!Files.exists(lake)) {
            return 0;
        }
        AtomicInteger count = new AtomicInteger();
        // Spark's and Iceberg's temporary files come and go while they are counted.
        Files.walkFileTree(lake, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                count.addAndGet(file.toString().endsWith(".crc") ? 0 : 1);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return count.get();
    }
}
