package io.retaillake.jobs.logs;

import io.retaillake.common.lake.Lake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** About how many records there are in a batch's objects, by some of them: for progress, which needs no more. */
final class LogEstimate {

    private static final int SAMPLES = 16;

    private LogEstimate() {}

    /** The records; 0 where none of the sampled objects can be read, which is reported when all are. */
    static long records(Lake lake, LogBatch batch) {
        List<LogObject> sample = new ArrayList<>();
        int step = Math.max(1, batch.objects().size() / SAMPLES);
        for (int i = 0; i < batch.objects().size(); i += step) {
            sample.add(batch.objects().get(i));
        }
        long lines = 0;
        long bytes = 0;
        try (FetchedObjects fetched =
                FetchedObjects.begin(sample, lake.spark().sessionState().newHadoopConf())) {
            for (LogObject object : sample) {
                lines += lines(fetched.next());
                bytes += object.bytes();
            }
        } catch (IOException e) {
            return 0;
        }
        long all = batch.objects().stream().mapToLong(LogObject::bytes).sum();
        return bytes == 0 ? 0 : Math.round((double) lines * all / bytes);
    }

    private static long lines(byte[] compressed) throws IOException {
        long lines = 0;
        for (byte each : new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes()) {
            lines += each == '\n' ? 1 : 0;
        }
        return lines;
    }
}
