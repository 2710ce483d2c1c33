package io.retaillake.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A reader who looks at {@code silver.events} again and again while it is written: its rows never become fewer, and each version is
 * of a whole batch.
 */
final class EventReader implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TABLE = "silver.events";

    private final Path lake;
    private final List<String> problems = new ArrayList<>();
    private final CompletableFuture<Void> reading;
    private long rows;
    private Path last;
    private volatile boolean closed;

    private EventReader(Path lake) {
        this.lake = lake;
        this.reading = CompletableFuture.runAsync(() -> {
            while (!closed) {
                look();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        });
    }

    static EventReader of(Path lake) {
        return new EventReader(lake);
    }

    private void look() {
        try {
            Path metadata = CatalogFile.metadataFiles(lake).get(TABLE);
            if (metadata != null && !metadata.equals(last)) {
                look(JSON.readTree(Files.readString(metadata)));
                last = metadata;
            }
        } catch (NoSuchFileException e) {
            // Old metadata is removed by the commits that follow; the next look finds the new one.
        } catch (SQLException | IOException e) {
            problems.add(e.toString());
        }
    }

    private void look(JsonNode metadata) {
        String current = metadata.path("current-snapshot-id").asText();
        for (JsonNode snapshot : metadata.path("snapshots")) {
            if (snapshot.path("snapshot-id").asText().equals(current)) {
                JsonNode summary = snapshot.path("summary");
                long now = summary.path("total-records").asLong();
                if (now < rows) {
                    problems.add("after " + rows + " rows there were " + now);
                }
                if (!summary.has("retail-lake.batch")
                        && !summary.path("operation").asText().equals("replace")) {
                    problems.add("snapshot " + current + " is of no batch");
                }
                rows = now;
            }
        }
    }

    /** What was wrong with what was seen. */
    List<String> problems() {
        closed = true;
        reading.join();
        if (rows == 0) {
            problems.add("nothing was seen");
        }
        return problems;
    }

    @Override
    public void close() {
        closed = true;
    }
}
