package io.retaillake.jobs.logs;

import io.retaillake.common.accesslog.AccessLogLineReader;
import io.retaillake.common.accesslog.MalformedLineException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads a task's objects, hour by hour, and gives each hour's rows in the order of time: an hour, some thousand rows, is in memory, and nothing
 * need be sorted behind it. A record whose id the hour has had is left out: the first turn's is kept. An object that is damaged gives no rows
 * and is counted as such; the other ones are read nevertheless, so that all damaged ones are named at once.
 */
final class LogReader implements FlatMapFunction<List<LogObject>, InternalRow> {

    private static final long serialVersionUID = 1;

    private final Broadcast<SerializableConfiguration> hadoop;
    private final LogCounts counts;

    LogReader(Broadcast<SerializableConfiguration> hadoop, LogCounts counts) {
        this.hadoop = hadoop;
        this.counts = counts;
    }

    @Override
    public Iterator<InternalRow> call(List<LogObject> objects) {
        return new Rows(objects, hadoop.value().value(), counts);
    }

    private static final class Rows implements Iterator<InternalRow> {

        private final List<LogObject> objects;
        private final FetchedObjects fetched;
        private final LogCounts counts;
        private final TaskContext task = TaskContext.get();
        private final MessageDigest sha256;
        private int position;
        private Iterator<InternalRow> current = List.<InternalRow>of().iterator();

        Rows(List<LogObject> objects, Configuration hadoop, LogCounts counts) {
            this.objects = objects;
            this.fetched = FetchedObjects.begin(objects, hadoop);
            this.counts = counts;
            this.sha256 = sha256();
            TaskCompletionListener close = ended -> fetched.close();
            task.addTaskCompletionListener(close);
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has SHA-256", e);
            }
        }

        @Override
        public boolean hasNext() {
            while (!current.hasNext() && position < objects.size()) {
                current = rowsOfNextHour().iterator();
            }
            return current.hasNext();
        }

        @Override
        public InternalRow next() {
            return current.next();
        }

        private List<InternalRow> rowsOfNextHour() {
            long hour = objects.get(position).hour();
            Set<UTF8String> ids = new HashSet<>();
            List<InternalRow> rows = new ArrayList<>();
            for (; position < objects.size() && objects.get(position).hour() == hour; position++) {
                task.killTaskIfInterrupted();
                rows.addAll(rows(objects.get(position), ids));
            }
            rows.sort(LogRow.BY_TIME);
            return rows;
        }

        private List<InternalRow> rows(LogObject object, Set<UTF8String> idsOfHour) {
            try {
                return newRows(parse(object, fetched.next()), idsOfHour);
            } catch (FileNotFoundException e) {
                counts.damaged(object, "it is not there any more");
            } catch (EOFException | ZipException e) {
                counts.damaged(object, "it is cut off or changed (" + e.getMessage() + ")");
            } catch (MalformedLineException | DateTimeException e) {
                counts.damaged(object, e.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(object.path() + " can't be read", e);
            }
            return List.of();
        }

        private List<InternalRow> parse(LogObject object, byte[] compressed)
                throws IOException, MalformedLineException {
            byte[] bytes = new GZIPInputStream(new ByteArrayInputStream(compressed), 1 << 16).readAllBytes();
            List<InternalRow> rows = new ArrayList<>(128);
            if (!contentHash(bytes).equals(object.hash())) {
                throw new ZipException("The content is another one than the name says");
            }
            int from = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    rows.add(LogRow.of(AccessLogLineReader.read(Arrays.copyOfRange(bytes, from, i)), object));
                    from = i + 1;
                }
            }
            if (from < bytes.length) {
                throw new EOFException("The last line has no end");
            }
            return rows;
        }

        private String contentHash(byte[] bytes) {
            return HexFormat.of().formatHex(sha256.digest(bytes)).substring(0, LogObject.HASH_DIGITS);
        }

        private List<InternalRow> newRows(List<InternalRow> rows, Set<UTF8String> idsOfHour) {
            int read = rows.size();
            rows.removeIf(row -> !idsOfHour.add(row.getUTF8String(LogRow.SOURCE_ID)));
            counts.read(read, read - rows.size());
            task.taskMetrics().inputMetrics().incRecordsRead(read);
            return rows;
        }
    }
}
