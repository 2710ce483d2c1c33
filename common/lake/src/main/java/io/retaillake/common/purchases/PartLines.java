package io.retaillake.common.purchases;

import io.retaillake.common.columnar.ColumnBatch;
import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.lake.Lake;
import java.util.List;
import org.apache.iceberg.Table;

/** The purchase lines of a part, read by one task: some columns as codes of their values, and the amounts. */
public final class PartLines {

    /** How many lines a reader gets at most at once. */
    public static final int ROWS_IN_A_BATCH = ColumnBatch.MOST_ROWS;

    private final Table table;
    private final PurchasePart part;
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

    /** Lines of {@code part} with {@code columns} of strings or 32-bit numbers. */
    public PartLines(Table table, PurchasePart part, List<String> columns) {
        this.table = table;
        this.part = part;
        Lake.requireColumns(table, columns);
        this.batch = new ColumnBatch(table.schema(), columns, List.of("amount"));
    }

    /** What the codes of each column stand for. */
    public List<ColumnDictionary> values() {
        return batch.values();
    }

    /** Gives all lines to {@code reader}. */
    public void forEachBatch(Reader reader) {
        for (FileSlice slice : part.slices()) {
            batch.read(
                    table.io().newInputFile(slice.location()),
                    slice.firstRow(),
                    slice.rows(),
                    count -> reader.read(batch.codes(), batch.numbers(0), count));
        }
    }
}
