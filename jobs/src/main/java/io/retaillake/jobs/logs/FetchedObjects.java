package io.retaillake.jobs.logs;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The bytes of objects, in their order. Some of them are fetched ahead at once: a request to S3 takes longer than what it brings takes to be
 * read, and the objects are small.
 */
final class FetchedObjects implements AutoCloseable {

    private static final int AHEAD = 24;

    private final Iterator<LogObject> objects;
    private final Configuration hadoop;
    private final ExecutorService threads;
    private final Deque<Future<byte[]>> ahead = new ArrayDeque<>();

    private FetchedObjects(List<LogObject> objects, Configuration hadoop) {
        this.objects = objects.iterator();
        this.hadoop = hadoop;
        this.threads = Executors.newFixedThreadPool(AHEAD, task -> {
            Thread thread = new Thread(task, "fetch access logs");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins with the first ones. */
    static FetchedObjects begin(List<LogObject> objects, Configuration hadoop) {
        FetchedObjects fetched = new FetchedObjects(objects, hadoop);
        while (fetched.ahead.size() < AHEAD && fetched.fetchAnother()) {
            // Goes on.
        }
        return fetched;
    }

    private boolean fetchAnother() {
        if (!objects.hasNext()) {
            return false;
        }
        LogObject object = objects.next();
        ahead.add(threads.submit(() -> fetch(object)));
        return true;
    }

    /** The next object's. */
    byte[] next() throws IOException {
        Future<byte[]> first = ahead.remove();
        fetchAnother();
        try {
            return first.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while an object was fetched", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The length is known from the listing, so that nothing need be asked before. */
    private byte[] fetch(LogObject object) throws IOException {
        Path path = new Path(object.path());
        FileSystem fileSystem = path.getFileSystem(hadoop);
        try (FSDataInputStream in = fileSystem
                .openFile(path)
                .opt("fs.option.openfile.length", Long.toString(object.bytes()))
                .opt("fs.option.openfile.read.policy", "whole-file")
                .build()
                .get()) {
            return in.readAllBytes();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while an object was opened", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
