package io.retaillake.common.sales;

import io.retaillake.common.columnar.ColumnBatch;
import io.retaillake.common.columnar.ColumnarParquetReader;
import io.retaillake.common.columnar.PrefetchingReader;
import io.retaillake.common.lake.Lake;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;

/** Adds up a mart's sales by some of its columns, file after file. */
public final class MartReader {

    /** The columns of the library's own marts that are added up. */
    public static final Measures MEASURES = new Measures("total_purchase_amount", "count_of_purchase");

    /**
     * The columns that are added up; neither has nulls.
     *
     * @param amount in KRW, decimal(18,2)
     * @param purchases a number of purchases, bigint
     */
    public record Measures(String amount, String purchases) {

        private List<String> columns() {
            return List.of(amount, purchases);
        }
    }

    private final Table table;
    private final List<String> columns;
    private final Measures measures;
    private final LongAdder rowsRead;
    private final ColumnBatch batch;
    private final SalesBy sales;

    private MartReader(Table table, List<String> columns, Measures measures, LongAdder rowsRead) {
        this.table = table;
        this.columns = columns;
        this.measures = measures;
        this.rowsRead = rowsRead;
        this.batch = new ColumnBatch(table.schema(), columns, measures.columns());
        this.sales = new SalesBy(
                columns,
                columns.stream().map(column -> table.schema().findType(column)).toList(),
                batch.values());
    }

    /**
     * Reads a snapshot once.
     *
     * @param rows which rows of it
     * @param columns strings, whole numbers or days, as the table names them now
     * @param measures what to add up
     * @param rowsRead what to count the rows with, as they are read
     * @throws io.retaillake.common.job.JobException exit code 2 naming those of {@code columns} that an older table lacks
     */
    public static SalesBy read(
            Table table, long snapshotId, Expression rows, List<String> columns, Measures measures, LongAdder rowsRead)
            throws IOException {
        Lake.requireColumns(table, columns);
        MartReader reader = new MartReader(table, columns, measures, rowsRead);
        List<FileScanTask> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> planned =
                table.newScan().useSnapshot(snapshotId).filter(rows).planFiles()) {
            planned.forEach(files::add);
        }
        if (files.stream().allMatch(MartReader::isPlain)) {
            reader.readColumns(
                    files.stream().map(file -> file.file().location()).toList());
        } else {
            reader.readRecords(snapshotId, rows);
        }
        return reader.sales;
    }

    /** Whether all rows of a file count, and it is Parquet; other tools may delete rows and write other formats. */
    private static boolean isPlain(FileScanTask file) {
        return file.deletes().isEmpty()
                && file.residual().op() == Expression.Operation.TRUE
                && file.file().format() == FileFormat.PARQUET;
    }

    private void readColumns(List<String> locations) {
        try (PrefetchingReader files = new PrefetchingReader(table.io(), locations, batch.fieldIds())) {
            while (files.hasNext()) {
                PrefetchingReader.OpenFile file = files.next();
                try (ColumnarParquetReader open = file.columns()) {
                    for (long rows = file.rows(); rows > 0; rows = open.nextRowGroup()) {
                        batch.read(open, rows, this::add);
                    }
                } catch (IOException | RuntimeException e) {
                    throw new IllegalStateException("Can't read " + file.location(), e);
                }
            }
        }
    }

    private void add(int rows) {
        sales.add(batch.codes(), batch.numbers(0), batch.numbers(1), rows);
        rowsRead.add(rows);
    }

    private void readRecords(long snapshotId, Expression wanted) throws IOException {
        int rows = 0;
        try (CloseableIterable<Record> records = IcebergGenerics.read(table)
                .useSnapshot(snapshotId)
                .where(wanted)
                .project(table.schema()
                        .select(Stream.concat(columns.stream(), measures.columns().stream())
                                .toList()))
                .reuseContainers()
                .build()) {
            for (Record row : records) {
                put(rows++, row);
                if (rows == ColumnBatch.MOST_ROWS) {
                    add(rows);
                    rows = 0;
                }
            }
        }
        add(rows);
    }

    private void put(int row, Record values) {
        for (int column = 0; column < columns.size(); column++) {
            batch.codes()[column][row] = batch.values().get(column).codeOf(values.getField(columns.get(column)));
        }
        batch.numbers(0)[row] = ((BigDecimal) values.getField(measures.amount()))
                .unscaledValue()
                .longValueExact();
        batch.numbers(1)[row] = (Long) values.getField(measures.purchases());
    }
}
