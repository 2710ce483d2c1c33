package io.retaillake.jobs.gold;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.purchases.AffiliateMonth;
import java.util.List;
import java.util.Map;

/** Rows of {@code silver.purchases} that marts are made of. Null is a value of a column like others. */
interface Purchases {

    /**
     * Writes the sales by {@code mart}'s {@link MartColumns} to the mart in place of what {@code replaced} selects: their total
     * amount, the number of purchase lines and, where the mart has it, of different receipts, for a receipt's number is unique
     * within the affiliate. Fails with {@link Measures#BEYOND_TYPE} where a total can't be held.
     */
    void writeSales(Publication publication, TableContract mart, OverwriteFilter replaced);

    /**
     * The overview's measures of each affiliate's months, and of its whole period's customers, as {@link OverviewRows} takes them.
     *
     * @param knownReceipts the numbers of receipts that need not be counted
     */
    List<OverviewMeasures> overviewFigures(Map<AffiliateMonth, Long> knownReceipts);
}
