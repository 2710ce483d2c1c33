package io.retaillake.common.sqltable;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** The types that Spark, Iceberg and Athena have in common. */
final class ColumnType {

    static final String ALLOWED =
            "string, int, bigint, decimal(p,s), double, boolean, date, timestamp, and array<…> of these";

    private static final List<DataType> PLAIN = List.of(
            DataTypes.StringType,
            DataTypes.IntegerType,
            DataTypes.LongType,
            DataTypes.DoubleType,
            DataTypes.BooleanType,
            DataTypes.DateType,
            DataTypes.TimestampType);

    private ColumnType() {}

    /** The type of a Spark SQL name; empty for what is none, and for one that not all three have. */
    static Optional<DataType> parse(String name) {
        try {
            return Optional.of(DataType.fromDDL(name)).filter(ColumnType::isAllowed);
        } catch (Exception e) {
            // The parser throws checked exceptions that its signature doesn't declare.
            return Optional.empty();
        }
    }

    private static boolean isAllowed(DataType type) {
        return PLAIN.contains(type)
                || type instanceof DecimalType
                || (type instanceof ArrayType array && isAllowed(array.elementType()));
    }
}
