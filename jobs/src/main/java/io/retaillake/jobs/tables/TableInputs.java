package io.retaillake.jobs.tables;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tables that a table's query reads, each at one snapshot, and restricted to the months that the table is built for.
 *
 * @param lake where they are
 * @param contracts their contracts
 * @param snapshotIds the snapshots to read
 * @param window the months of their rows; a table without months is read as a whole
 */
record TableInputs(Lake lake, Map<String, TableContract> contracts, Map<String, Long> snapshotIds, Window window) {

    /** Chooses the snapshot of an input. */
    @FunctionalInterface
    interface SnapshotChoice {

        /**
         * The snapshot to read.
         *
         * @param producer what builds the table, for the message where it is not there
         */
        long of(TableContract contract, String producer, Window window);
    }

    /**
     * Finds them.
     *
     * @param window the run's months
     */
    static TableInputs find(
            Lake lake, TableDefinition table, TableRegistry registry, Window window, SnapshotChoice choice) {
        Window months = months(table, window);
        Map<String, TableContract> contracts = new LinkedHashMap<>();
        Map<String, Long> snapshotIds = new LinkedHashMap<>();
        for (String input : table.query().orElseThrow().inputs()) {
            contracts.put(input, registry.contract(input));
            snapshotIds.put(input, choice.of(registry.contract(input), producer(registry, input), months));
        }
        return new TableInputs(lake, contracts, snapshotIds, months);
    }

    /** The months whose rows a table is built from: those of the run, or all where every run builds all of it. */
    static Window months(TableDefinition table, Window window) {
        return table.query().orElseThrow().monthColumn().isPresent() ? window : Window.all();
    }

    private static String producer(TableRegistry registry, String table) {
        return registry.named(table)
                .filter(definition -> definition.query().isPresent())
                .map(definition -> "BuildTable --table " + table)
                .orElseGet(() -> JobRegistry.load().writersOf(table).stream()
                        .map(JobDefinition::name)
                        .collect(Collectors.joining(" or ")));
    }

    /** Makes the rows of each, anew for each place where the query names it. */
    Map<String, Supplier<Dataset<Row>>> rows() {
        Map<String, Supplier<Dataset<Row>>> rows = new LinkedHashMap<>();
        contracts.forEach((name, contract) -> rows.put(
                name, () -> lake.read(contract, snapshotIds.get(name)).where(RowsInWindow.ofRows(contract, window))));
        return rows;
    }

    /** The number of rows that they have, by their files' metadata. */
    long count() {
        long rows = 0;
        for (Map.Entry<String, TableContract> input : contracts.entrySet()) {
            Table table = lake.find(input.getValue()).orElseThrow();
            try (CloseableIterable<FileScanTask> files = table.newScan()
                    .useSnapshot(snapshotIds.get(input.getKey()))
                    .filter(RowsInWindow.of(input.getValue(), window))
                    .planFiles()) {
                for (FileScanTask file : files) {
                    rows += file.file().recordCount();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(table.name() + " can't be planned", e);
            }
        }
        return rows;
    }
}
