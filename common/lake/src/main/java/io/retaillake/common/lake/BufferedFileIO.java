package io.retaillake.common.lake;

import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of metadata to look at, each read to its end before anything is made of its content. So a storage that does not answer
 * is told from content that is not what was written, which fails in as many ways as there are decoders.
 */
final class BufferedFileIO implements FileIO {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(BufferedFileIO.class);

    private final FileIO files;

    BufferedFileIO(FileIO files) {
        this.files = files;
    }

    /**
     * A file's content.
     *
     * @throws JobException exit code 4 when the storage fails; a file that is gone, or is not what its checksums say, fails
     *     otherwise
     */
    @Override
    public InputFile newInputFile(String location) {
        try (InputStream content = files.newInputFile(location).newStream()) {
            return new InMemoryInputFile(location, content.readAllBytes());
        } catch (IOException | RuntimeException e) {
            if (DamagedTable.isOfFile(e)) {
                throw new IllegalStateException(location + DamagedTable.CAN_NOT_BE_READ, e);
            }
            throw JobException.outsideSystem(
                    location + " can't be read: "
                            + Failures.find(e, IOException.class)
                                    .map(IOException::toString)
                                    .orElse(e.toString())
                            + "\nWhether it is damaged is not known, so the catalog names the version of its table that it named"
                            + " before. When the storage answers, the same command again.",
                    e);
        }
    }

    /**
     * What {@code reading} makes of such files; nothing where their content is not what was written. Whatever fails once a file
     * is read is damage.
     *
     * @throws JobException exit code 4 when the storage fails
     */
    static <T> Optional<T> unlessDamaged(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (RuntimeException e) {
            Failures.find(e, JobException.class).ifPresent(ofStorage -> {
                throw ofStorage;
            });
            LOG.info("What was written can't be read", e);
            return Optional.empty();
        }
    }

    @Override
    public OutputFile newOutputFile(String location) {
        throw new UnsupportedOperationException(location + " is to look at");
    }

    @Override
    public void deleteFile(String location) {
        throw new UnsupportedOperationException(location + " is to look at");
    }
}
