package io.retaillake.jobs.tables;

import io.retaillake.common.amount.CentsSum;
import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.columnar.ColumnBatch;
import io.retaillake.common.columnar.RepeatedGroups;
import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.PartitionField;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableDefinition.AddsUpTo;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.iceberg.util.StructLikeWrapper;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Rows of a table that were written, read by columns.
 *
 * @param totals what they come to
 * @param repeatedKeys keys that several of them have
 */
record WrittenRows(TableTotals totals, long repeatedKeys) implements Serializable {

    /** A task keeps a number for each key, and each of its columns' different values. */
    private static final long MOST_ROWS_OF_A_TASK = 2_000_000;

    private static final long LEAST_ROWS_OF_A_TASK = 250_000;
    private static final List<DataType> CODED =
            List.of(DataTypes.StringType, DataTypes.IntegerType, DataTypes.LongType, DataTypes.DateType);
    private static final WrittenRows NOTHING = new WrittenRows(TableTotals.NONE, 0);

    private WrittenRows plus(WrittenRows other) {
        return new WrittenRows(totals.plus(other.totals), repeatedKeys + other.repeatedKeys);
    }

    /**
     * Reads a snapshot's rows. Costs a scan of the key's columns and no shuffle, because keys that tell the partition can't repeat
     * across partitions.
     *
     * @param wanted selects whole files
     * @return nothing where it takes Spark to read them: types that have no codes, partitions that the key does not tell or that have
     *     more rows than a task has memory for, files of other tools
     */
    static Optional<WrittenRows> of(
            JavaSparkContext context, TableDefinition definition, Table table, long snapshotId, Expression wanted) {
        Columns columns = Columns.of(definition);
        if (!columns.canBeRead(definition)) {
            return Optional.empty();
        }
        Map<Object, Part> parts = new LinkedHashMap<>();
        try (CloseableIterable<FileScanTask> files =
                table.newScan().useSnapshot(snapshotId).filter(wanted).planFiles()) {
            for (FileScanTask file : files) {
                if (!isPlain(file, table)) {
                    return Optional.empty();
                }
                Object partition = StructLikeWrapper.forType(table.spec().partitionType())
                        .set(file.file().partition());
                parts.computeIfAbsent(columns.tellPartition() ? partition : "all", absent -> new Part())
                        .add(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(table.name() + " can't be planned", e);
        }
        long rows = parts.values().stream().mapToLong(part -> part.rows).sum();
        if (parts.values().stream().anyMatch(part -> part.rows > MOST_ROWS_OF_A_TASK)) {
            return Optional.empty();
        }
        int tasks = (int) Math.min(parts.size(), 1 + rows / LEAST_ROWS_OF_A_TASK);
        Broadcast<Table> shared = context.broadcast(SerializableTableWithSize.copyOf(table));
        try {
            return Optional.of(context
                    .parallelize(new ArrayList<>(parts.values()), Math.max(1, tasks))
                    .map(part -> read(shared.value(), part, columns))
                    .collect()
                    .stream()
                    .reduce(NOTHING, WrittenRows::plus));
        } finally {
            shared.destroy();
        }
    }

    private static boolean isPlain(FileScanTask file, Table table) {
        return file.deletes().isEmpty()
                && file.residual().op() == Expression.Operation.TRUE
                && file.file().format() == FileFormat.PARQUET
                && file.spec().specId() == table.spec().specId();
    }

    private static WrittenRows read(Table table, Part part, Columns columns) {
        ColumnBatch batch = new ColumnBatch(table.schema(), columns.key(), columns.measures());
        Reading reading = new Reading(columns);
        for (String location : part.locations) {
            batch.read(table.io().newInputFile(location), 0, Long.MAX_VALUE, count -> reading.add(batch, count));
        }
        return reading.result();
    }

    /** Files in which all rows with the same key are. */
    private static final class Part implements Serializable {

        private final List<String> locations = new ArrayList<>();
        private long rows;

        void add(FileScanTask file) {
            locations.add(file.file().location());
            rows += file.file().recordCount();
        }
    }

    /**
     * The columns that are read.
     *
     * @param key those of the key, which may be none
     * @param measures amount and purchases, where the table adds up to another
     * @param tellPartition whether rows of one key are in one partition
     */
    private record Columns(List<String> key, List<String> measures, boolean tellPartition) implements Serializable {

        static Columns of(TableDefinition definition) {
            List<String> key = List.copyOf(definition.contract().key());
            return new Columns(
                    key,
                    definition
                            .addsUpTo()
                            .map(claim -> List.of(claim.amountColumn(), claim.rowsColumn()))
                            .orElse(List.of()),
                    key.containsAll(definition.contract().partitions().stream()
                            .map(PartitionField::column)
                            .toList()));
        }

        boolean canBeRead(TableDefinition definition) {
            List<Column> all = definition.contract().columns();
            Optional<AddsUpTo> claim = definition.addsUpTo();
            return all.stream()
                            .filter(column -> key.contains(column.name()))
                            .allMatch(column -> CODED.contains(column.type()))
                    && all.stream()
                            .filter(column -> measures.contains(column.name()))
                            .allMatch(column -> !column.nullable()
                                    && column.type()
                                            .equals(
                                                    column.name()
                                                                    .equals(claim.orElseThrow()
                                                                            .amountColumn())
                                                            ? KrwAmounts.TOTAL
                                                            : DataTypes.LongType));
        }
    }

    /** One task's rows. */
    private static final class Reading {

        private final Columns columns;
        private final RepeatedGroups keys;
        private final CentsSum amount = new CentsSum();
        private long purchases;
        private long rows;

        Reading(Columns columns) {
            this.columns = columns;
            this.keys = new RepeatedGroups(columns.key().size());
        }

        void add(ColumnBatch batch, int count) {
            if (!columns.key().isEmpty()) {
                keys.add(batch.codes(), count);
            }
            if (!columns.measures().isEmpty()) {
                long[] amounts = batch.numbers(0);
                long[] lines = batch.numbers(1);
                for (int row = 0; row < count; row++) {
                    amount.add(amounts[row]);
                    purchases += lines[row];
                }
            }
            rows += count;
        }

        WrittenRows result() {
            return new WrittenRows(new TableTotals(rows, amount.won(), purchases), keys.count());
        }
    }
}
