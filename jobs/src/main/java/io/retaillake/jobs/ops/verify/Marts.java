package io.retaillake.jobs.ops.verify;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.SmallTable;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.publish.Seal;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableDefinition.AddsUpTo;
import io.retaillake.common.sales.MartReader;
import io.retaillake.common.sales.MartReader.Measures;
import io.retaillake.common.sales.SalesBy;
import io.retaillake.common.sqltable.BuildOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/**
 * One version of each mart, of which some months are read. That is done by this process alone, all marts side by side: to have
 * Spark plan and compile the queries takes several times as long as to read what gold has.
 */
public final class Marts {

    private final Window window;
    private final List<TableDefinition> marts;
    private final Map<TableContract, Version> versions = new HashMap<>();
    private final LongAdder rowsRead = new LongAdder();

    private record Version(Table table, Snapshot snapshot) {}

    /**
     * The marts of a lake.
     *
     * @param marts which, each after one that it adds up to
     * @param snapshotIds finds the snapshot to read of a mart, and fails where there is none
     */
    public Marts(Lake lake, Window window, List<TableDefinition> marts, ToLongFunction<TableContract> snapshotIds) {
        this.window = window;
        this.marts = List.copyOf(marts);
        for (TableDefinition definition : marts) {
            TableContract mart = definition.contract();
            long snapshotId = snapshotIds.applyAsLong(mart);
            Table table = lake.find(mart).orElseThrow();
            versions.put(mart, new Version(table, table.snapshot(snapshotId)));
        }
    }

    /** The runs that made these versions; without those that something else made. */
    public List<String> runs() {
        return versions.values().stream()
                .map(version -> Seal.of(version.snapshot()))
                .flatMap(Optional::stream)
                .map(seal -> seal.run().id())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Those that must add up to others, each after the one that it adds up to. Without those that always have the rows of all months,
     * unless that is the window: they were compared when they were built.
     */
    public static List<TableDefinition> addingUp(List<TableDefinition> tables, Window window) {
        List<TableDefinition> adding = tables.stream()
                .filter(table -> table.addsUpTo().isPresent())
                .filter(table -> window.isAll()
                        || table.query().isEmpty()
                        || table.query().get().monthColumn().isPresent())
                .toList();
        return BuildOrder.of(adding, new Problems());
    }

    /** Which marts these are. */
    List<TableDefinition> definitions() {
        return marts;
    }

    /** Reads the months' rows of all marts but the overview once, and adds them up by some columns of each. */
    public Map<TableContract, SalesBy> sales(Function<TableContract, List<String>> columns) {
        ExecutorService threads = Executors.newFixedThreadPool(versions.size());
        try {
            Map<TableContract, Future<SalesBy>> readers = new HashMap<>();
            marts.stream()
                    .filter(mart -> !mart.contract().equals(GoldTables.AFFILIATE_OVERVIEW))
                    .forEach(mart -> readers.put(
                            mart.contract(),
                            threads.submit(() -> sales(mart, window, columns.apply(mart.contract())))));
            Map<TableContract, SalesBy> sales = new HashMap<>();
            for (Map.Entry<TableContract, Future<SalesBy>> reader : readers.entrySet()) {
                sales.put(reader.getKey(), reader.getValue().get());
            }
            return sales;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The marts can't be read: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the marts were read", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Reads rows of one mart, of whichever months, and adds them up by some of its columns. */
    public SalesBy sales(TableContract mart, Window months, List<String> columns) {
        TableDefinition definition = marts.stream()
                .filter(each -> each.contract().equals(mart))
                .findFirst()
                .orElseThrow();
        try {
            return sales(definition, months, columns);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + mart.qualifiedName(), e);
        }
    }

    private SalesBy sales(TableDefinition mart, Window months, List<String> columns) throws IOException {
        Version version = versions.get(mart.contract());
        AddsUpTo total = mart.addsUpTo().orElseThrow();
        return MartReader.read(
                version.table(),
                version.snapshot().snapshotId(),
                RowsInWindow.of(mart.contract(), months),
                columns,
                new Measures(total.amountColumn(), total.rowsColumn()),
                rowsRead);
    }

    /** Reads the overview, whatever its rows' months: they are few for each month. */
    public OverviewSales overview() {
        Version version = versions.get(GoldTables.AFFILIATE_OVERVIEW);
        List<Record> rows = SmallTable.rows(version.table(), version.snapshot().snapshotId());
        rowsRead.add(rows.size());
        return new OverviewSales(rows, window);
    }

    /** The rows that were read so far. */
    public long rowsRead() {
        return rowsRead.sum();
    }
}
