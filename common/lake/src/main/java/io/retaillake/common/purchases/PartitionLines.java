package io.retaillake.common.purchases;

import io.retaillake.common.columnar.ColumnBatch;
import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.columnar.ColumnarParquetReader;
import io.retaillake.common.lake.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.spark.TaskContext;
import org.apache.spark.executor.InputMetrics;

/** The purchase lines of one affiliate's month, read by one task: some columns as codes of their values, and the amounts. */
public final class PartitionLines {

    /** How many lines a reader gets at most at once. */
    public static final int ROWS_IN_A_BATCH = ColumnBatch.MOST_ROWS;

    private final Table table;
    private final PurchasePartition partition;
    private final ColumnBatch batch;

    /** Takes lines one batch after the other. */
    public interface Reader {

        /**
         * Takes a batch, whose arrays are the next one's, too.
         *
         * @param codes each column's codes by line
         * @param cents the lines' amounts in hundredths of a won
         */
        void read(int[][] codes, long[] cents, int rows);
    }

    /** Lines of {@code partition} with {@code columns} of strings or 32-bit numbers. */
    public PartitionLines(Table table, PurchasePartition partition, List<String> columns) {
        this.table = table;
        this.partition = partition;
        Lake.requireColumns(table, columns);
        this.batch = new ColumnBatch(table.schema(), columns, List.of("amount"));
    }

    /** What the codes in a column stand for. */
    public ColumnDictionary values(int column) {
        return batch.values().get(column);
    }

    /** Gives all lines to {@code reader}. */
    public void forEachBatch(Reader reader) {
        for (String location : partition.locations()) {
            read(location, reader);
        }
    }

    private void read(String location, Reader reader) {
        InputMetrics metrics = TaskContext.get().taskMetrics().inputMetrics();
        try (ColumnarParquetReader file =
                new ColumnarParquetReader(table.io().newInputFile(location), batch.fieldIds())) {
            for (long rows = file.nextRowGroup(); rows > 0; rows = file.nextRowGroup()) {
                batch.read(file, rows, count -> reader.read(batch.codes(), batch.numbers(0), count));
                metrics.incRecordsRead(rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + location, e);
        } catch (RuntimeException e) {
            throw new IllegalStateException("Can't read " + location, e);
        }
    }
}
