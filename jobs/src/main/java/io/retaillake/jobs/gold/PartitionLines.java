package io.retaillake.jobs.gold;

import io.retaillake.common.parquet.CodeColumn;
import io.retaillake.common.parquet.ColumnValues;
import io.retaillake.common.parquet.LongColumn;
import io.retaillake.common.parquet.ParquetColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.spark.TaskContext;
import org.apache.spark.executor.InputMetrics;

/** The purchase lines of one affiliate's month, read by one task: some columns as codes of their values, and the amounts. */
final class PartitionLines {

    /** How many lines a reader gets at most at once. */
    static final int ROWS_IN_A_BATCH = 8192;

    /** Takes the lines, one batch after the other. */
    interface Reader {

        /**
         * Takes a batch, whose arrays are the next one's, too.
         *
         * @param codes each column's codes by line
         * @param cents the lines' amounts in hundredths of a won
         */
        void read(int[][] codes, long[] cents, int rows);
    }

    private final Table table;
    private final PurchasePartition partition;
    private final List<String> columns;
    private final List<ColumnValues> values;
    private final int[][] codes;
    private final long[] cents = new long[ROWS_IN_A_BATCH];

    /** Lines of {@code partition} with {@code columns} of texts or 32-bit numbers. */
    PartitionLines(Table table, PurchasePartition partition, List<String> columns) {
        this.table = table;
        this.partition = partition;
        this.columns = columns;
        this.values = Stream.generate(ColumnValues::new).limit(columns.size()).toList();
        this.codes = new int[columns.size()][ROWS_IN_A_BATCH];
    }

    /** What a code in a column stands for, as Spark has it inside. */
    Object value(int column, int code) {
        return values.get(column).value(code);
    }

    /** Gives all lines to {@code reader}. */
    void read(Reader reader) {
        for (String location : partition.locations()) {
            read(location, reader);
        }
    }

    private void read(String location, Reader reader) {
        List<Integer> fieldIds =
                new ArrayList<>(columns.stream().map(this::fieldId).toList());
        fieldIds.add(fieldId("amount"));
        InputMetrics metrics = TaskContext.get().taskMetrics().inputMetrics();
        try (ParquetColumns file = new ParquetColumns(table.io().newInputFile(location), fieldIds)) {
            for (long rows = file.nextRowGroup(); rows > 0; rows = file.nextRowGroup()) {
                readRowGroup(file, rows, reader);
                metrics.incRecordsRead(rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + location, e);
        } catch (RuntimeException e) {
            throw new IllegalStateException("Can't read " + location, e);
        }
    }

    private int fieldId(String column) {
        return table.schema().findField(column).fieldId();
    }

    private void readRowGroup(ParquetColumns file, long rowCount, Reader reader) throws IOException {
        CodeColumn[] codeColumns = new CodeColumn[columns.size()];
        for (int i = 0; i < codeColumns.length; i++) {
            codeColumns[i] = file.codes(fieldId(columns.get(i)), values.get(i));
        }
        LongColumn amounts = file.longs(fieldId("amount"));
        for (long left = rowCount; left > 0; left -= ROWS_IN_A_BATCH) {
            int rows = (int) Math.min(left, ROWS_IN_A_BATCH);
            for (int i = 0; i < codeColumns.length; i++) {
                codeColumns[i].read(codes[i], rows);
            }
            amounts.read(cents, rows);
            reader.read(codes, cents, rows);
        }
    }
}
