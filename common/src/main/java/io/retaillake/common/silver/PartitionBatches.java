package io.retaillake.common.silver;

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

/** Some columns of all purchases of an affiliate's month, read by one Spark task: amounts, and codes of other columns' values. */
public final class PartitionBatches {

    /** No batch has more rows. */
    public static final int ROWS = 8192;

    private static final String AMOUNT = "amount";

    private final Table table;
    private final PurchasePartition partition;
    private final List<String> columns;
    private final List<ColumnValues> values;
    private final int[][] codes;
    private final long[] cents = new long[ROWS];

    /** What is done with rows. */
    public interface Batch {

        /**
         * Takes the next rows; the arrays are used again.
         *
         * @param codes each column's codes by row
         * @param cents amounts in hundredths of a won by row
         */
        void take(int[][] codes, long[] cents, int rowCount);
    }

    /** Of columns of {@code table}, which is {@code silver.purchases}. */
    public PartitionBatches(Table table, PurchasePartition partition, List<String> columns) {
        this.table = table;
        this.partition = partition;
        this.columns = columns;
        this.values = Stream.generate(ColumnValues::new).limit(columns.size()).toList();
        this.codes = new int[columns.size()][ROWS];
    }

    /** The values that a column's codes stand for. */
    public ColumnValues values(int column) {
        return values.get(column);
    }

    /** Reads all files of the partition. */
    public void forEach(Batch batch) {
        List<Integer> fieldIds =
                new ArrayList<>(columns.stream().map(this::fieldId).toList());
        fieldIds.add(fieldId(AMOUNT));
        for (String location : partition.locations()) {
            try (ParquetColumns file = new ParquetColumns(table.io().newInputFile(location), fieldIds)) {
                for (long rows = file.nextRowGroup(); rows > 0; rows = file.nextRowGroup()) {
                    readRowGroup(file, rows, batch);
                    TaskContext.get().taskMetrics().inputMetrics().incRecordsRead(rows);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Can't read " + location, e);
            } catch (RuntimeException e) {
                throw new IllegalStateException("Can't read " + location, e);
            }
        }
    }

    private int fieldId(String column) {
        return table.schema().findField(column).fieldId();
    }

    private void readRowGroup(ParquetColumns file, long rowCount, Batch batch) throws IOException {
        CodeColumn[] keys = new CodeColumn[codes.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = file.codes(fieldId(columns.get(i)), values.get(i));
        }
        LongColumn amounts = file.longs(fieldId(AMOUNT));
        for (long left = rowCount; left > 0; left -= ROWS) {
            int rows = (int) Math.min(left, ROWS);
            for (int i = 0; i < keys.length; i++) {
                keys[i].read(codes[i], rows);
            }
            amounts.read(cents, rows);
            batch.take(codes, cents, rows);
        }
    }
}
