package io.retaillake.common.purchases;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;

import io.retaillake.common.contract.Column;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * How the values of an Avro file of {@code bronze.purchase} follow each other, and which columns they belong to. A file's field
 * is the table's column with the same id, whatever their names; in a file that knows no ids, the one with the same name.
 */
final class FileFields {

    /** In place of an index in a union: the field is none, and has a value in each row. */
    static final int NO_UNION = -1;

    /** In place of a length: it is before the value, as an Avro number. */
    static final int LENGTH_BEFORE = -1;

    /** In place of a length: the value is an Avro number. */
    static final int NUMBER = -2;

    private static final String FIELD_ID = "field-id";

    private final int[] columns;
    private final int[] nullIndexes;
    private final int[] lengths;

    /**
     * The fields of a file.
     *
     * @throws IOException if a required column is not there, or a value is none that the contract's column can have
     */
    FileFields(Schema file, org.apache.iceberg.Schema table) throws IOException {
        List<Schema.Field> fields = file.getFields();
        boolean hasIds = fields.stream().anyMatch(field -> field.getObjectProp(FIELD_ID) != null);
        columns = new int[fields.size()];
        nullIndexes = new int[fields.size()];
        lengths = new int[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            Schema.Field field = fields.get(i);
            Schema type = field.schema();
            nullIndexes[i] = NO_UNION;
            if (type.getType() == Schema.Type.UNION && type.getTypes().size() == 2) {
                nullIndexes[i] = type.getTypes().get(0).getType() == Schema.Type.NULL ? 0 : 1;
                type = type.getTypes().get(1 - nullIndexes[i]);
            }
            columns[i] = PURCHASE.columnNames().indexOf(hasIds ? nameById(field, table) : field.name());
            lengths[i] = length(type, field);
            if (columns[i] >= 0) {
                requireType(type, field, PURCHASE.columns().get(columns[i]));
            }
        }
        for (Column column : PURCHASE.columns()) {
            if (!column.nullable() && !has(PURCHASE.columns().indexOf(column))) {
                throw new IOException("The columns of " + PURCHASE + " are " + PURCHASE.columnNames() + ", and the file"
                        + " has " + fields);
            }
        }
    }

    private static String nameById(Schema.Field field, org.apache.iceberg.Schema table) {
        Object id = field.getObjectProp(FIELD_ID);
        Types.NestedField column = id instanceof Integer number ? table.findField(number) : null;
        return column == null ? null : column.name();
    }

    private static int length(Schema type, Schema.Field field) throws IOException {
        return switch (type.getType()) {
            case STRING, BYTES -> LENGTH_BEFORE;
            case INT, LONG, ENUM -> NUMBER;
            case DOUBLE -> Double.BYTES;
            case FLOAT -> Float.BYTES;
            case BOOLEAN -> 1;
            case FIXED -> type.getFixedSize();
            case NULL -> 0;
            case ARRAY, MAP, RECORD, UNION -> throw new IOException("No column of a table: " + field);
        };
    }

    private static void requireType(Schema type, Schema.Field field, Column column) throws IOException {
        if (!fits(type, column.type())) {
            throw new IOException("No " + column.type().simpleString() + " or what it was widened from: " + field);
        }
    }

    private static boolean fits(Schema type, DataType columnType) {
        Schema.Type stored = type.getType();
        LogicalType logical = type.getLogicalType();
        if (columnType instanceof DecimalType decimal) {
            return (stored == Schema.Type.FIXED || stored == Schema.Type.BYTES)
                    && logical instanceof LogicalTypes.Decimal of
                    && of.getScale() == decimal.scale();
        }
        if (columnType.equals(DataTypes.StringType)) {
            return stored == Schema.Type.STRING;
        }
        if (columnType.equals(DataTypes.DoubleType)) {
            return stored == Schema.Type.DOUBLE || stored == Schema.Type.FLOAT;
        }
        if (columnType.equals(DataTypes.BooleanType)) {
            return stored == Schema.Type.BOOLEAN;
        }
        if (columnType.equals(DataTypes.DateType)) {
            return logical instanceof LogicalTypes.Date;
        }
        if (columnType.equals(DataTypes.TimestampType) || columnType.equals(DataTypes.TimestampNTZType)) {
            return logical instanceof LogicalTypes.TimestampMicros;
        }
        return logical == null
                && (stored == Schema.Type.INT || (stored == Schema.Type.LONG && columnType.equals(DataTypes.LongType)));
    }

    /** How many there are. */
    int count() {
        return columns.length;
    }

    /** The position in the contract of the column that a field is; negative where it is none. */
    int column(int field) {
        return columns[field];
    }

    /** Which alternative of the field's union is null; or {@link #NO_UNION}. */
    int nullIndex(int field) {
        return nullIndexes[field];
    }

    /** How many bytes a value has; or {@link #LENGTH_BEFORE}, or {@link #NUMBER}. */
    int length(int field) {
        return lengths[field];
    }

    private boolean has(int column) {
        return Arrays.stream(columns).anyMatch(found -> found == column);
    }
}
