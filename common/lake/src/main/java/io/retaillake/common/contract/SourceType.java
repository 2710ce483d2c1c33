package io.retaillake.common.contract;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The type of a source column that bronze carries without changing a value.
 *
 * <p>A {@code numeric} has precision and scale, because the lake's decimals do. Of a source column without them, each value must
 * fit. A {@code timestamp} stays without a zone, a {@code timestamp with time zone} is the moment in UTC, a {@code uuid} is its
 * text. NaN (but in a double), infinite dates and numbers, and years other than 1 to 9999 have no equal in the lake; the extraction
 * refuses them.
 *
 * @param kind the type without its arguments
 * @param precision most digits of a numeric, most letters of a text; 0 where there is no limit
 * @param scale digits of a numeric behind the point; else 0
 */
public record SourceType(Kind kind, int precision, int scale) implements Serializable {

    /** A type without its arguments. */
    public enum Kind {
        TEXT("character varying or text"),
        DOUBLE("double precision"),
        NUMERIC("numeric"),
        DATE("date"),
        TIMESTAMP("timestamp without time zone"),
        TIMESTAMP_WITH_TIME_ZONE("timestamp with time zone"),
        BIGINT("bigint"),
        INTEGER("integer"),
        SMALLINT("smallint"),
        BOOLEAN("boolean"),
        UUID("uuid");

        private final String names;

        Kind(String names) {
            this.names = names;
        }
    }

    public static final SourceType TEXT = new SourceType(Kind.TEXT, 0, 0);
    public static final SourceType DOUBLE = new SourceType(Kind.DOUBLE, 0, 0);
    public static final SourceType DATE = new SourceType(Kind.DATE, 0, 0);
    public static final SourceType TIMESTAMP = new SourceType(Kind.TIMESTAMP, 0, 0);
    public static final SourceType TIMESTAMP_WITH_TIME_ZONE = new SourceType(Kind.TIMESTAMP_WITH_TIME_ZONE, 0, 0);
    public static final SourceType BIGINT = new SourceType(Kind.BIGINT, 0, 0);
    public static final SourceType INTEGER = new SourceType(Kind.INTEGER, 0, 0);

    /** An integer in the lake, because Athena's Iceberg tables have no smaller one. */
    public static final SourceType SMALLINT = new SourceType(Kind.SMALLINT, 0, 0);

    public static final SourceType BOOLEAN = new SourceType(Kind.BOOLEAN, 0, 0);
    public static final SourceType UUID = new SourceType(Kind.UUID, 0, 0);

    /** Most digits that the lake's decimals have. */
    public static final int MOST_DIGITS = 38;

    private static final Pattern ARGUMENTS = Pattern.compile("\\(([^)]*)\\)");
    private static final Pattern NUMERIC = Pattern.compile("numeric\\((\\d+),(-?\\d+)\\)");

    /** Text of so many letters; the source's may be longer or shorter, which is reported. */
    public static SourceType varchar(int length) {
        return new SourceType(Kind.TEXT, length, 0);
    }

    /**
     * Numbers of {@code precision} digits, {@code scale} of them behind the point.
     *
     * @throws IllegalArgumentException where the lake has no such decimal
     */
    public static SourceType numeric(int precision, int scale) {
        if (precision < 1 || precision > MOST_DIGITS || scale < 0 || scale > precision) {
            throw new IllegalArgumentException(
                    "numeric(" + precision + "," + scale + ") has no equal in the lake, whose" + " decimals have 1 to "
                            + MOST_DIGITS + " digits and none to all of them behind the point");
        }
        return new SourceType(Kind.NUMERIC, precision, scale);
    }

    /** What it is in the lake. */
    public DataType lakeType() {
        return switch (kind) {
            case TEXT, UUID -> DataTypes.StringType;
            case DOUBLE -> DataTypes.DoubleType;
            case NUMERIC -> DataTypes.createDecimalType(precision, scale);
            case DATE -> DataTypes.DateType;
            case TIMESTAMP -> DataTypes.TimestampNTZType;
            case TIMESTAMP_WITH_TIME_ZONE -> DataTypes.TimestampType;
            case BIGINT -> DataTypes.LongType;
            case INTEGER, SMALLINT -> DataTypes.IntegerType;
            case BOOLEAN -> DataTypes.BooleanType;
        };
    }

    /** As PostgreSQL writes it, e.g. {@code character varying(10)}. */
    public String declared() {
        return switch (kind) {
            case TEXT -> precision == 0 ? "text" : "character varying(" + precision + ")";
            case NUMERIC -> accepted();
            default -> kind.names;
        };
    }

    /** What a source column may be declared as, in words. */
    public String accepted() {
        return kind == Kind.NUMERIC ? "numeric(" + precision + "," + scale + ")" : kind.names;
    }

    /**
     * Whether a column that was declared so, as PostgreSQL writes it, can be extracted. Of {@code numeric} without arguments,
     * only its values can tell.
     */
    public boolean accepts(String declared) {
        String name = withoutArguments(declared);
        return switch (kind) {
            case TEXT -> name.equals("character varying") || name.equals("text");
            case NUMERIC -> declared.equals("numeric") || isNoWider(declared);
            default -> name.equals(kind.names);
        };
    }

    private boolean isNoWider(String declared) {
        Matcher numeric = NUMERIC.matcher(declared);
        if (!numeric.matches()) {
            return false;
        }
        int sourceScale = Integer.parseInt(numeric.group(2));
        return sourceScale <= scale && Integer.parseInt(numeric.group(1)) - sourceScale <= precision - scale;
    }

    /** A type without its arguments: {@code numeric} of {@code numeric(15,2)}. */
    public static String withoutArguments(String declared) {
        return ARGUMENTS.matcher(declared).replaceAll("");
    }
}
