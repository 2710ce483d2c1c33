package io.retaillake.common.columnar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.io.InputFile;
import org.apache.spark.TaskContext;
import org.apache.spark.executor.InputMetrics;

/** Room for some rows of a table's files at a time, column by column: codes of some columns' values, and numbers of others. */
public final class ColumnBatch {

    /** The most rows. */
    public static final int MOST_ROWS = 8192;

    private final int[] codeFields;
    private final int[] numberFields;
    private final List<ColumnDictionary> values;
    private final int[][] codes;
    private final long[][] numbers;

    /**
     * For columns of {@code schema}.
     *
     * @param coded columns of strings, whole numbers or days
     * @param numeric required columns of whole numbers or of decimals of up to 18 digits
     */
    public ColumnBatch(Schema schema, List<String> coded, List<String> numeric) {
        codeFields = fields(schema, coded);
        numberFields = fields(schema, numeric);
        values = ColumnDictionary.none(coded.size());
        codes = new int[coded.size()][MOST_ROWS];
        numbers = new long[numeric.size()][MOST_ROWS];
    }

    private static int[] fields(Schema schema, List<String> columns) {
        return columns.stream()
                .mapToInt(column -> schema.findField(column).fieldId())
                .toArray();
    }

    /** The ids by which Iceberg knows the columns. */
    public List<Integer> fieldIds() {
        return IntStream.concat(IntStream.of(codeFields), IntStream.of(numberFields))
                .boxed()
                .toList();
    }

    /** What the codes of each coded column stand for. */
    public List<ColumnDictionary> values() {
        return values;
    }

    /** By coded column and row, the codes. */
    public int[][] codes() {
        return codes;
    }

    /** By row, the numbers of a numeric column. */
    public long[] numbers(int column) {
        return numbers[column];
    }

    /**
     * Reads rows of a file, and counts them among what the Spark task that this is called in has read.
     *
     * @param firstRow how many rows to pass over
     * @param rowCount how many to read; those that there are, if there are fewer
     * @param taker takes the rows that were read, whose number it gets; their room is the next ones', too
     */
    public void read(InputFile input, long firstRow, long rowCount, IntConsumer taker) {
        InputMetrics metrics = TaskContext.get().taskMetrics().inputMetrics();
        try (ColumnarParquetReader file = new ColumnarParquetReader(input, fieldIds())) {
            file.limit(firstRow, rowCount);
            for (long rows = file.nextRowGroup(); rows > 0; rows = file.nextRowGroup()) {
                read(file, rows, taker);
                metrics.incRecordsRead(rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + input.location(), e);
        } catch (RuntimeException e) {
            throw new IllegalStateException("Can't read " + input.location(), e);
        }
    }

    /**
     * Reads the row group that {@code file} is at.
     *
     * @param taker takes the rows that were read, whose number it gets; their room is the next ones', too
     */
    public void read(ColumnarParquetReader file, long rowCount, IntConsumer taker) throws IOException {
        CodeColumnReader[] codeColumns = new CodeColumnReader[codeFields.length];
        for (int i = 0; i < codeColumns.length; i++) {
            codeColumns[i] = file.codes(codeFields[i], values.get(i));
        }
        LongColumnReader[] numberColumns = new LongColumnReader[numberFields.length];
        for (int i = 0; i < numberColumns.length; i++) {
            numberColumns[i] = file.longs(numberFields[i]);
        }
        for (long left = rowCount; left > 0; left -= MOST_ROWS) {
            int rows = (int) Math.min(left, MOST_ROWS);
            for (int i = 0; i < codeColumns.length; i++) {
                codeColumns[i].read(codes[i], rows);
            }
            for (int i = 0; i < numberColumns.length; i++) {
                numberColumns[i].read(numbers[i], rows);
            }
            taker.accept(rows);
        }
    }
}
