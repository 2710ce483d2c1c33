package io.retaillake.streaming.kinesis;

import io.retaillake.common.job.JobException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a query began, kept with its checkpoint: Spark keeps only the ends of batches, and the first batch, when it is repeated, must begin
 * where it did, though LATEST and the oldest shards are others then.
 */
final class InitialOffset {

    private InitialOffset() {}

    static KinesisOffset keptAt(String checkpoint, Configuration configuration, Supplier<KinesisOffset> otherwise) {
        Path file = new Path(checkpoint, "initial-offset.json");
        try {
            FileSystem files = file.getFileSystem(configuration);
            if (files.exists(file)) {
                try (FSDataInputStream in = files.open(file)) {
                    return KinesisOffset.ofJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            KinesisOffset offset = otherwise.get();
            // Who is killed leaves no half of it under its name.
            Path unfinished = file.suffix(".unfinished");
            try (FSDataOutputStream out = files.create(unfinished)) {
                out.write(offset.json().getBytes(StandardCharsets.UTF_8));
            }
            if (!files.rename(unfinished, file)) {
                throw new IOException(unfinished + " can't be renamed");
            }
            return offset;
        } catch (IOException e) {
            throw JobException.outsideSystem(
                    "The begin of the query can't be kept in its checkpoint, in " + file + ": " + e.getMessage(), e);
        }
    }
}
