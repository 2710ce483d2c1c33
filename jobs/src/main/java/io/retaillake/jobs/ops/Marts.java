package io.retaillake.jobs.ops;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.publish.Seal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * One version of each mart, of which some months are read. That is done by this process alone, all marts side by side: to have
 * Spark plan and compile the queries takes several times as long as to read what gold has.
 */
final class Marts {

    private final Window window;
    private final Map<TableContract, Version> versions = new HashMap<>();
    private final LongAdder rowsRead = new LongAdder();

    private record Version(Table table, Snapshot snapshot) {}

    Marts(Lake lake, Window window, ToLongFunction<TableContract> snapshotIds) {
        this.window = window;
        for (TableContract mart : GoldTables.ALL) {
            Table table = lake.find(mart).orElseThrow();
            versions.put(mart, new Version(table, table.snapshot(snapshotIds.applyAsLong(mart))));
        }
    }

    /** The runs that made these versions; without those that something else made. */
    List<String> runs() {
        return versions.values().stream()
                .map(version -> Seal.of(version.snapshot()))
                .flatMap(Optional::stream)
                .map(seal -> seal.run().id())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Reads each mart once, the months' rows of it and the whole of the small overview, and adds its rows to its tallies.
     *
     * @return what the months' rows of each mart come to
     */
    Map<TableContract, Sales> read(Map<TableContract, List<Tally>> tallies) {
        Map<TableContract, MartTotal> totals = new HashMap<>();
        List<Callable<Void>> readers = new ArrayList<>();
        for (TableContract mart : GoldTables.ALL) {
            MartTotal total = new MartTotal(mart, window);
            totals.put(mart, total);
            List<Tally> all = Stream.concat(tallies.getOrDefault(mart, List.of()).stream(), Stream.of(total))
                    .toList();
            readers.add(() -> read(mart, all));
        }
        runAll(readers);
        Map<TableContract, Sales> sales = new HashMap<>();
        totals.forEach((mart, total) -> sales.put(mart, total.sales()));
        return sales;
    }

    /** The rows that were read so far. */
    long rowsRead() {
        return rowsRead.sum();
    }

    private Void read(TableContract mart, List<Tally> tallies) throws IOException {
        Version version = versions.get(mart);
        List<String> columns = tallies.stream()
                .flatMap(tally -> tally.columns().stream())
                .distinct()
                .toList();
        try (CloseableIterable<Record> records = IcebergGenerics.read(version.table())
                .useSnapshot(version.snapshot().snapshotId())
                .where(rows(mart))
                .select(columns)
                .reuseContainers()
                .build()) {
            for (Record row : records) {
                tallies.forEach(tally -> tally.add(row));
                rowsRead.increment();
            }
        }
        return null;
    }

    private Expression rows(TableContract mart) {
        return mart.equals(GoldTables.AFFILIATE_OVERVIEW) ? Expressions.alwaysTrue() : RowsInWindow.of(mart, window);
    }

    private static void runAll(List<Callable<Void>> readers) {
        ExecutorService threads = Executors.newFixedThreadPool(readers.size());
        try {
            for (Future<Void> reader : threads.invokeAll(readers)) {
                reader.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The marts can't be read: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the marts were read", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
