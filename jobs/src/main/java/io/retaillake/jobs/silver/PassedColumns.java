package io.retaillake.jobs.silver;

import io.retaillake.common.columnar.ColumnarParquetWriter;
import io.retaillake.common.columnar.ValueChunkWriter;
import io.retaillake.common.contract.ColumnMapping;
import io.retaillake.common.contract.SourceColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;

/** The columns of a file of {@code silver.purchases} that are bronze's as they are, and a page of their values. */
final class PassedColumns {

    private static final List<ColumnMapping> COLUMNS = SourceColumns.passedToSilver();
    private static final int[] FIELDS = COLUMNS.stream()
            .mapToInt(column -> PurchaseParser.SCHEMA.fieldIndex(column.bronze()))
            .toArray();
    private static final DataType[] TYPES =
            COLUMNS.stream().map(column -> column.type().lakeType()).toArray(DataType[]::new);

    private final List<ValueChunkWriter> writers = new ArrayList<>();
    private final Object[][] values;

    /** Begins the columns of {@code file}. */
    PassedColumns(ColumnarParquetWriter file, int rowsInAPage) {
        COLUMNS.forEach(column -> writers.add(file.values(column.bronze())));
        values = new Object[FIELDS.length][rowsInAPage];
    }

    /** Takes the values of a row of {@link PurchaseParser#SCHEMA} as those of the page's row. */
    void set(int rowInPage, InternalRow purchase) {
        for (int i = 0; i < FIELDS.length; i++) {
            Object value = purchase.isNullAt(FIELDS[i]) ? null : purchase.get(FIELDS[i], TYPES[i]);
            // The text lies among the bytes of the block that is read.
            values[i][rowInPage] = value instanceof UTF8String text ? text.copy() : value;
        }
    }

    /** Writes the page. */
    void addPage(int rows) {
        for (int i = 0; i < FIELDS.length; i++) {
            writers.get(i).addPage(values[i], rows);
        }
    }
}
