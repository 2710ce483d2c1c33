package io.retaillake.jobs;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.LocalFileSystem;

/** Local files of which one can't be read for a while, as on a storage that does not answer. */
final class SilentFiles extends LocalFileSystem {

    private static final String CLASS = "fs.file.impl";
    private static final String UNCACHED = "fs.file.impl.disable.cache";

    private static volatile String silent;

    /** What {@code work} gives while {@code file} can't be read. */
    static <T> T whileSilentOf(Path file, Configuration configuration, Supplier<T> work) {
        String before = configuration.get(CLASS);
        silent = file.getFileName().toString();
        configuration.set(CLASS, SilentFiles.class.getName());
        configuration.set(UNCACHED, "true");
        try {
            return work.get();
        } finally {
            configuration.unset(UNCACHED);
            if (before == null) {
                configuration.unset(CLASS);
            } else {
                configuration.set(CLASS, before);
            }
        }
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferBytes) throws IOException {
        if (path.getName().equals(silent)) {
            throw new SocketTimeoutException("Read timed out");
        }
        return super.open(path, bufferBytes);
    }
}
