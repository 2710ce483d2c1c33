package io.retaillake.jobs.silver;

import io.retaillake.common.contract.ColumnMapping;
import io.retaillake.common.contract.SourceColumns;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;

/** The values of a page in the columns of {@code silver.purchases} that are bronze's as they are. */
final class PassedValues {

    /** The columns. */
    static final List<ColumnMapping> COLUMNS = SourceColumns.passedToSilver();

    private static final int[] FIELDS = COLUMNS.stream()
            .mapToInt(column -> PurchaseParser.SCHEMA.fieldIndex(column.bronze()))
            .toArray();
    private static final DataType[] TYPES =
            COLUMNS.stream().map(column -> column.type().lakeType()).toArray(DataType[]::new);

    private final Object[][] values;

    PassedValues(int rows) {
        values = new Object[FIELDS.length][rows];
    }

    /** Makes room for so many rows. */
    void grow(int rows) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Arrays.copyOf(values[i], rows);
        }
    }

    /** Takes the values of a row of {@link PurchaseParser#SCHEMA} as those of the page's row. */
    void set(int rowInPage, InternalRow purchase) {
        for (int i = 0; i < FIELDS.length; i++) {
            Object value = purchase.isNullAt(FIELDS[i]) ? null : purchase.get(FIELDS[i], TYPES[i]);
            // The text lies among the bytes of the block that is read.
            values[i][rowInPage] = value instanceof UTF8String text ? text.copy() : value;
        }
    }

    /** The values of one of {@link #COLUMNS}, by row. */
    Object[] of(int column) {
        return values[column];
    }
}
