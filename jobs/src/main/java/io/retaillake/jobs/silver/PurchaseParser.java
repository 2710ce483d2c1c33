package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.when;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.contract.BronzeTables;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads the text of bronze purchases and judges them, row by row. */
final class PurchaseParser {

    /** The day of the purchase; null where the text is no date. */
    static final String DATE = "parsed_date";

    /** The hour; null where the text is none, which is no reason to reject. */
    static final String HOUR = "parsed_hour";

    /** The amount in hundredths of a won; null where decimal(15,2) can't hold it. */
    static final String CENTS = "parsed_cents";

    /** Whether nothing is wrong with the row itself; never null. */
    static final String VALID = "is_valid";

    /** The columns that identify a purchase line. */
    static final List<String> KEY = BronzeTables.PURCHASE.key();

    /** In a folder's name each byte may become three, and file systems end at 255; a real code has one. */
    private static final int LONGEST_AFFILIATE_BYTES = 80;

    private PurchaseParser() {}

    /** Rows of {@code bronze.purchase}, each with {@link #DATE}, {@link #HOUR}, {@link #CENTS} and {@link #VALID}. */
    static Dataset<Row> parse(Dataset<Row> bronze) {
        return bronze.withColumn(DATE, PurchaseDate.of("purchase_date"))
                .withColumn(HOUR, PurchaseHour.of(col("purchase_time")))
                .withColumn(CENTS, KrwAmounts.cents(col("amount")))
                .withColumn(
                        VALID,
                        not(keyIsMissing())
                                .and(not(keyIsTooLong()))
                                .and(col(DATE).isNotNull())
                                .and(col(CENTS).isNotNull()));
    }

    /** All reasons to reject a parsed row, except that its key is a duplicate. */
    static Column reasons() {
        Column amount = col("amount");
        Column isFinite = not(amount.isNaN()).and(abs(amount).lt(Double.POSITIVE_INFINITY));
        return array_compact(array(
                when(keyIsMissing(), lit(RejectReason.KEY_MISSING.name())),
                when(keyIsTooLong(), lit(RejectReason.KEY_TOO_LONG.name())),
                when(col(DATE).isNull(), lit(RejectReason.DATE_INVALID.name())),
                when(amount.isNull(), lit(RejectReason.AMOUNT_MISSING.name()))
                        .when(not(isFinite), lit(RejectReason.AMOUNT_NOT_FINITE.name()))
                        .when(col(CENTS).isNull(), lit(RejectReason.AMOUNT_OUT_OF_RANGE.name()))));
    }

    private static Column keyIsMissing() {
        return KEY.stream()
                .map(name -> BlankText.isMissing(col(name)))
                .reduce(Column::or)
                .orElseThrow();
    }

    private static Column keyIsTooLong() {
        return octet_length(col("affiliate")).gt(LONGEST_AFFILIATE_BYTES);
    }
}
