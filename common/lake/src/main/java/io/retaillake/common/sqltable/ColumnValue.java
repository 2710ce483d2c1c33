package io.retaillake.common.sqltable;

import io.retaillake.common.job.BusinessTime;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Values of columns, written as text. */
final class ColumnValue {

    private ColumnValue() {}

    /**
     * The value that a text, or a list of texts, stands for.
     *
     * @return empty where it is none of this type, or a decimal with more digits
     */
    static Optional<Object> parse(Object given, DataType type) {
        try {
            return Optional.ofNullable(value(given, type));
        } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Object value(Object given, DataType type) {
        if (type instanceof ArrayType array) {
            return given instanceof List<?> elements ? array(elements, array.elementType()) : null;
        }
        if (!(given instanceof String text)) {
            return null;
        }
        if (type instanceof StringType) {
            return text;
        }
        return ofPlainText(text.strip(), type);
    }

    private static Object array(List<?> elements, DataType type) {
        List<Optional<Object>> values =
                elements.stream().map(element -> parse(element, type)).toList();
        return values.stream().allMatch(Optional::isPresent)
                ? values.stream().map(Optional::get).toList()
                : null;
    }

    private static Object ofPlainText(String text, DataType type) {
        if (type instanceof IntegerType) {
            return Integer.valueOf(text);
        } else if (type instanceof LongType) {
            return Long.valueOf(text);
        } else if (type instanceof DecimalType decimal) {
            BigDecimal number = new BigDecimal(text).setScale(decimal.scale());
            return number.precision() > decimal.precision() ? null : number;
        } else if (type instanceof DoubleType) {
            return Double.valueOf(text);
        } else if (type instanceof BooleanType) {
            return List.of("true", "false").contains(text) ? Boolean.valueOf(text) : null;
        } else if (type instanceof DateType) {
            return LocalDate.parse(text);
        } else if (type instanceof TimestampType) {
            return localTime(text).atZone(BusinessTime.ZONE).toInstant();
        } else if (type instanceof TimestampNTZType) {
            return localTime(text);
        }
        return null;
    }

    private static LocalDateTime localTime(String text) {
        return LocalDateTime.parse(text.replace(' ', 'T'));
    }

    /** How a value of a type is written, where that is not plain; begins with a semicolon then. */
    static String form(DataType type) {
        if (type instanceof DateType) {
            return "; a date is written 2015-01-31";
        } else if (type instanceof TimestampType) {
            return "; a time is written 2015-01-31 09:00:00, in " + BusinessTime.ZONE.getId();
        } else if (type instanceof TimestampNTZType) {
            return "; a time is written 2015-01-31 09:00:00";
        }
        return type instanceof ArrayType ? "; an array is written [a, b]" : "";
    }

    /** What a required column of an input has that is not given: an empty text, 0, false, 1970-01-01. */
    static Object standIn(DataType type) {
        if (type instanceof StringType) {
            return "";
        } else if (type instanceof ArrayType) {
            return List.of();
        } else if (type instanceof DateType) {
            return LocalDate.EPOCH;
        } else if (type instanceof TimestampType) {
            return Instant.EPOCH;
        } else if (type instanceof TimestampNTZType) {
            return LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);
        } else if (type instanceof BooleanType) {
            return false;
        }
        return ofPlainText("0", type);
    }
}
