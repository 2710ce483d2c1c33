package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.col;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.spark.SparkInternals;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads the text of bronze purchases and judges them, row by row. One serves one task. */
final class PurchaseParser {

    /** The day of the purchase; null where the text is no date. */
    static final String DATE = "parsed_date";

    /** The hour; null where the text is none, which is no reason to reject. */
    static final String HOUR = "parsed_hour";

    /** The amount in hundredths of a won; null where decimal(15,2) can't hold it. */
    static final String CENTS = "parsed_cents";

    /** All reasons to reject the row, except that its key is a duplicate; none for a valid one. */
    static final String REASONS = "reasons";

    /** Whether nothing is wrong with the row itself; never null. */
    static final String VALID = "is_valid";

    /** The columns that identify a purchase line. */
    static final List<String> KEY = BronzeTables.PURCHASE.key();

    private static final StructType READ = new StructType()
            .add(DATE, DataTypes.DateType)
            .add(HOUR, DataTypes.IntegerType)
            .add(CENTS, DataTypes.LongType)
            .add(REASONS, DataTypes.createArrayType(DataTypes.StringType, false), false)
            .add(VALID, DataTypes.BooleanType, false);

    /** The columns of a parsed purchase: bronze's, and those above. */
    static final StructType SCHEMA =
            new StructType(Stream.of(BronzeTables.PURCHASE.schema().fields(), READ.fields())
                    .flatMap(Stream::of)
                    .toArray(StructField[]::new));

    /** In a folder's name each byte may become three, and file systems end at 255; a real code has one. */
    private static final int LONGEST_AFFILIATE_BYTES = 80;

    private static final int[] KEY_FIELDS =
            KEY.stream().mapToInt(SCHEMA::fieldIndex).toArray();
    private static final int AFFILIATE = SCHEMA.fieldIndex("affiliate");
    private static final int PURCHASE_DATE = SCHEMA.fieldIndex("purchase_date");
    private static final int PURCHASE_TIME = SCHEMA.fieldIndex("purchase_time");
    private static final int AMOUNT = SCHEMA.fieldIndex("amount");

    private static final int DATE_READ = READ.fieldIndex(DATE);
    private static final int HOUR_READ = READ.fieldIndex(HOUR);
    private static final int CENTS_READ = READ.fieldIndex(CENTS);
    private static final int REASONS_READ = READ.fieldIndex(REASONS);
    private static final int VALID_READ = READ.fieldIndex(VALID);

    private static final ArrayData NO_REASON = new GenericArrayData(new Object[0]);

    private final SpecificInternalRow read = new SpecificInternalRow(READ);
    private final JoinedRow parsed = new JoinedRow();
    private final Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);

    /** Rows of {@code bronze.purchase} to those of {@link #SCHEMA}. */
    static Dataset<Row> parse(SparkSession spark, JavaRDD<InternalRow> bronze) {
        JavaRDD<InternalRow> parsed = bronze.mapPartitions(rows -> {
            PurchaseParser parser = new PurchaseParser();
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
                    .map(parser::parse)
                    .iterator();
        });
        return SparkInternals.dataFrame(spark, parsed.rdd(), SCHEMA);
    }

    /** Rows with at least the columns of {@code bronze.purchase}, as {@link #parse(InternalRow)} takes them. */
    static JavaRDD<InternalRow> rows(Dataset<Row> bronze) {
        Column[] columns = BronzeTables.PURCHASE.columnNames().stream()
                .map(name -> col(name))
                .toArray(Column[]::new);
        return bronze.select(columns).queryExecution().toRdd().toJavaRDD();
    }

    /** A row of {@code bronze.purchase} with what it says, in the order of {@link #SCHEMA}. The next call changes it. */
    InternalRow parse(InternalRow bronze) {
        int day = PurchaseDate.epochDay(bronze.getUTF8String(PURCHASE_DATE));
        int hour = PurchaseHour.of(bronze.getUTF8String(PURCHASE_TIME));
        Long cents = bronze.isNullAt(AMOUNT) ? null : KrwAmounts.cents(bronze.getDouble(AMOUNT));
        read.setInt(DATE_READ, day);
        if (day == PurchaseDate.NONE) {
            read.setNullAt(DATE_READ);
        }
        read.setInt(HOUR_READ, hour);
        if (hour == PurchaseHour.NONE) {
            read.setNullAt(HOUR_READ);
        }
        if (cents == null) {
            read.setNullAt(CENTS_READ);
        } else {
            read.setLong(CENTS_READ, cents);
        }
        judge(bronze, day, cents);
        read.setBoolean(VALID_READ, reasons.isEmpty());
        read.update(REASONS_READ, reasons.isEmpty() ? NO_REASON : array(reasons));
        return parsed.apply(bronze, read);
    }

    private void judge(InternalRow bronze, int day, Long cents) {
        reasons.clear();
        for (int field : KEY_FIELDS) {
            if (BlankText.isMissing(bronze.getUTF8String(field))) {
                reasons.add(RejectReason.KEY_MISSING);
            }
        }
        if (!bronze.isNullAt(AFFILIATE) && bronze.getUTF8String(AFFILIATE).numBytes() > LONGEST_AFFILIATE_BYTES) {
            reasons.add(RejectReason.KEY_TOO_LONG);
        }
        if (day == PurchaseDate.NONE) {
            reasons.add(RejectReason.DATE_INVALID);
        }
        if (bronze.isNullAt(AMOUNT)) {
            reasons.add(RejectReason.AMOUNT_MISSING);
        } else if (!Double.isFinite(bronze.getDouble(AMOUNT))) {
            reasons.add(RejectReason.AMOUNT_NOT_FINITE);
        } else if (cents == null) {
            reasons.add(RejectReason.AMOUNT_OUT_OF_RANGE);
        }
    }

    private static ArrayData array(Set<RejectReason> reasons) {
        return new GenericArrayData(reasons.stream()
                .map(reason -> UTF8String.fromString(reason.name()))
                .toArray());
    }
}
