package io.retaillake.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A reader who looks at every table of a lake again and again while others write it, and keeps each version it saw. */
final class LakeObserver implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** The figure in a seal that is the number of all rows of the table after a run over all months. */
    private static final Map<String, String> ROWS = Map.of(
            "bronze.customer", "rows.customer",
            "bronze.products_info", "rows.products_info",
            "bronze.zipcode", "rows.zipcode",
            "bronze.purchase", "total_rows",
            "silver.purchases", "rows",
            "silver.purchase_rejects", "rejected_rows");

    private final Path lake;
    private final Map<String, Path> last = new HashMap<>();
    private final Map<String, String> seen = new TreeMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> watch;

    private LakeObserver(Path lake) {
        this.lake = lake;
        watch = CompletableFuture.runAsync(() -> {
            while (!closed.get()) {
                look();
                LockSupport.parkNanos(INTERVAL_NANOS);
            }
        });
    }

    static LakeObserver of(Path lake) {
        return new LakeObserver(lake);
    }

    private void look() {
        try {
            for (var table : CatalogFile.metadataFiles(lake).entrySet()) {
                // A file of metadata never changes; each commit writes another.
                if (!table.getKey().equals("ops.job_runs") && !table.getValue().equals(last.get(table.getKey()))) {
                    look(table.getKey(), JSON.readTree(Files.readString(table.getValue())));
                    last.put(table.getKey(), table.getValue());
                }
            }
        } catch (NoSuchFileException e) {
            // Old metadata is removed by the commits that follow; the next look finds the new one.
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void look(String table, JsonNode metadata) throws JsonProcessingException {
        String current = metadata.path("current-snapshot-id").asText();
        for (JsonNode snapshot : metadata.path("snapshots")) {
            String version = table + " " + current;
            if (snapshot.path("snapshot-id").asText().equals(current) && !seen.containsKey(version)) {
                seen.put(version, problem(table, snapshot.path("summary")));
            }
        }
    }

    /** What is wrong with a version; empty if it is what its seal says. */
    private static String problem(String table, JsonNode summary) throws JsonProcessingException {
        if (!summary.has("retail-lake.run-id")) {
            return "no run has sealed it";
        }
        List<String> problems = new ArrayList<>();
        for (JsonNode check : JSON.readTree(summary.path("retail-lake.checks").asText())) {
            if (!check.path("passed").asBoolean()) {
                problems.add("a check had failed: " + check);
            }
        }
        boolean allMonths = JSON.readTree(summary.path("retail-lake.arguments").asText())
                .path("window")
                .asText("all")
                .equals("all");
        String figure = ROWS.getOrDefault(table, table.startsWith("gold.") ? "rows" : "");
        String sealed = JSON.readTree(summary.path("retail-lake.facts").asText())
                .path(figure)
                .asText();
        String actual = summary.path("total-records").asText();
        boolean comparable = !figure.isEmpty()
                && !table.equals("gold.affiliate_overview")
                && (allMonths || figure.equals("total_rows"));
        if (comparable && !sealed.equals(actual)) {
            problems.add("it has " + actual + " rows, sealed were " + sealed);
        }
        return String.join("; ", problems);
    }

    /** Ends the watch; what was seen, by table and snapshot, and what was wrong with it. */
    Map<String, String> versions() {
        close();
        watch.join();
        return seen;
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
