package io.retaillake.common.columnar;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parquet files in their order, of which the next few are fetched while one is read: on S3 a file takes longer to come than to read. */
public final class PrefetchingReader implements Iterator<PrefetchingReader.OpenFile>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PrefetchingReader.class);
    private static final int FILES = 8;

    private final FileIO io;
    private final Iterator<String> locations;
    private final List<Integer> fieldIds;
    private final ExecutorService threads = Executors.newFixedThreadPool(FILES);
    private final Deque<Future<OpenFile>> ahead = new ArrayDeque<>();

    /**
     * A file at its first row group, for the caller to close.
     *
     * @param rows how many rows the group has; 0 where there is none
     */
    public record OpenFile(String location, ColumnarParquetReader columns, long rows) {}

    /** Begins to fetch the columns of the first files. */
    public PrefetchingReader(FileIO io, List<String> locations, List<Integer> fieldIds) {
        this.io = io;
        this.locations = locations.iterator();
        this.fieldIds = fieldIds;
        fetch();
    }

    private void fetch() {
        while (ahead.size() < FILES && locations.hasNext()) {
            String location = locations.next();
            ahead.add(threads.submit(() -> open(location)));
        }
    }

    private OpenFile open(String location) {
        try {
            ColumnarParquetReader columns = new ColumnarParquetReader(io.newInputFile(location), fieldIds);
            try {
                return new OpenFile(location, columns, columns.nextRowGroup());
            } catch (IOException | RuntimeException e) {
                columns.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("Can't read " + location, e);
        }
    }

    @Override
    public boolean hasNext() {
        return !ahead.isEmpty();
    }

    @Override
    public OpenFile next() {
        if (ahead.isEmpty()) {
            throw new NoSuchElementException();
        }
        try {
            OpenFile file = ahead.remove().get();
            fetch();
            return file;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while files were read", e);
        }
    }

    /** Closes the files that were fetched and not taken. */
    @Override
    public void close() {
        threads.shutdown();
        for (Future<OpenFile> file : ahead) {
            try {
                file.get().columns().close();
            } catch (ExecutionException | IOException e) {
                LOG.debug("A file that nobody has read can't be closed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
