package io.retaillake.common.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

/** How many bytes the files below a folder have. */
final class FileLengths {

    private FileLengths() {}

    /** The lengths by {@link #path}; none of a folder that does not exist. Costs a listing. */
    static Map<String, Long> below(String folder, FileIO files) {
        String scheme = new Path(folder).toUri().getScheme();
        try {
            return scheme == null || scheme.equals("file")
                    ? belowLocal(java.nio.file.Path.of(path(folder)))
                    : belowPrefix(folder, (SupportsPrefixOperations) files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's path alone: Hadoop writes one file's address in several ways. */
    static String path(String location) {
        return new Path(location).toUri().getPath();
    }

    /** Not by Hadoop, which fails where a folder is removed meanwhile, and asks each file for permissions that nobody wants to know. */
    private static Map<String, Long> belowLocal(java.nio.file.Path folder) throws IOException {
        Map<String, Long> bytes = new HashMap<>();
        if (Files.exists(folder)) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes attributes) {
                    bytes.put(file.toString(), attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(java.nio.file.Path file, IOException e) {
                    // A run at work removes files of its own meanwhile.
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return bytes;
    }

    private static Map<String, Long> belowPrefix(String folder, SupportsPrefixOperations files) throws IOException {
        Map<String, Long> bytes = new HashMap<>();
        try {
            for (FileInfo file : files.listPrefix(folder)) {
                bytes.put(path(file.location()), file.size());
            }
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof FileNotFoundException)) {
                throw e.getCause();
            }
            // No folder, no files.
        }
        return bytes;
    }
}
