package io.retaillake.jobs.gold;

import io.retaillake.common.silver.AffiliateMonth;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of {@code silver.purchases} that can be put into groups. Null is a value of a key like others. */
interface Purchases {

    /**
     * Total amount and number of purchase lines by {@code keys}, columns of {@code silver.purchases} of which the first are
     * {@link Measures#monthlyBy}'s. Fails with {@link Measures#BEYOND_TYPE} where a total can't be held.
     */
    Dataset<Row> salesBy(List<String> keys);

    /** The same, and the number of different receipts, for a receipt's number is unique within the affiliate. */
    Dataset<Row> salesAndReceiptsBy(List<String> keys);

    /**
     * Each affiliate's months for the overview.
     *
     * @param knownReceipts numbers of receipts that need not be counted
     */
    JavaRDD<OverviewFigures> overviewFigures(Map<AffiliateMonth, Long> knownReceipts);
}
