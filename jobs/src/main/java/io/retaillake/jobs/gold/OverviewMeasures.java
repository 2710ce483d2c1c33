package io.retaillake.jobs.gold;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.columnar.StringDictionary;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.YearMonth;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What an affiliate's row in the overview is made from. A customer is a non-null customer_id.
 *
 * @param month null for the whole period
 * @param lines number of purchase lines
 * @param amount their amount in KRW
 * @param customerLines number of those with a customer
 * @param customersAmount their amount in KRW
 * @param receipts number of different receipts
 * @param customers the different customers
 */
record OverviewMeasures(
        String affiliate,
        YearMonth month,
        long lines,
        BigDecimal amount,
        long customerLines,
        BigDecimal customersAmount,
        long receipts,
        StringDictionary customers)
        implements Serializable {

    /** The measures of an affiliate's whole period before any month was added. */
    static OverviewMeasures none(String affiliate, long receipts) {
        return new OverviewMeasures(
                affiliate, null, 0, BigDecimal.ZERO, 0, BigDecimal.ZERO, receipts, new StringDictionary());
    }

    /** The whole period's measures with those of another month, whose customers are added to this one's own. */
    OverviewMeasures plus(OverviewMeasures other) {
        customers.addAll(other.customers);
        return new OverviewMeasures(
                affiliate,
                month,
                lines + other.lines,
                amount.add(other.amount),
                customerLines + other.customerLines,
                customersAmount.add(other.customersAmount),
                receipts + other.receipts,
                customers);
    }

    /**
     * The row of {@code gold.affiliate_overview}. Averages are rounded half up and null where they would divide by none.
     *
     * @throws ArithmeticException saying {@link Measures#BEYOND_TYPE}
     */
    Row row() {
        return RowFactory.create(
                affiliate,
                month == null ? null : Date.valueOf(month.atDay(1)),
                (long) customers.size(),
                lines,
                receipts,
                Measures.requireInType(amount),
                average(BigDecimal.valueOf(customerLines), customers.size()),
                average(amount, lines),
                average(customersAmount, customers.size()));
    }

    private static BigDecimal average(BigDecimal total, long number) {
        return number == 0
                ? null
                : Measures.requireInType(
                        total.divide(BigDecimal.valueOf(number), KrwAmounts.TOTAL.scale(), RoundingMode.HALF_UP));
    }
}
