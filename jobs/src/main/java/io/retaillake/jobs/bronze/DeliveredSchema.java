package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;

import io.retaillake.common.contract.Column;
import io.retaillake.common.source.SourceCatalog;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.spark.sql.avro.SchemaConverters;

/** Compares the schema of a delivered Avro file with the contract of {@code bronze.purchase}. */
final class DeliveredSchema {

    private DeliveredSchema() {}

    /**
     * What keeps a file of this schema from being imported, one line each. The columns' order, the record's name and
     * namespace, aliases, and whether a column may be null don't matter; names must be the contract's to the letter.
     */
    static List<String> differences(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            return List.of("it holds values of Avro's type " + schema.getType().getName() + " instead of records");
        }
        List<String> differences = new ArrayList<>();
        for (Column column : SourceCatalog.sourceColumns(PURCHASE)) {
            Schema.Field field = schema.getField(column.name());
            List<String> sameButForCase = fieldNames(schema).stream()
                    .filter(name -> name.equalsIgnoreCase(column.name()) && !name.equals(column.name()))
                    .toList();
            if (field == null) {
                differences.add(column.name() + ": the column is missing; the files have " + fieldNames(schema)
                        + (sameButForCase.isEmpty() ? "" : ", and names must be lower-case"));
                continue;
            }
            if (!sameButForCase.isEmpty()) {
                // Spark, for which upper and lower case are the same, could not tell which one is meant.
                differences.add(column.name() + ": the files have " + String.join(", ", sameButForCase)
                        + " besides, which differs in case only");
            }
            String type = type(field.schema());
            if (!type.equals(column.type().simpleString())) {
                differences.add(column.name() + ": the contract has "
                        + column.type().simpleString() + ", the files have " + type);
            }
        }
        return differences;
    }

    /** The columns that the contract does not have and that are therefore not imported. */
    static List<String> furtherColumns(Schema schema) {
        return fieldNames(schema).stream()
                .filter(name -> !PURCHASE.columnNames().contains(name))
                .toList();
    }

    private static List<String> fieldNames(Schema schema) {
        return schema.getFields().stream().map(Schema.Field::name).toList();
    }

    /** The type as which Spark reads it, logical types included, in Spark's words. */
    private static String type(Schema schema) {
        try {
            return SchemaConverters.toSqlType(schema).dataType().simpleString();
        } catch (Exception e) {
            // Spark throws a checked exception that its Java signature doesn't declare.
            return schema.getType().getName();
        }
    }
}
