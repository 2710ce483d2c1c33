package io.retaillake.jobs.gold;

import io.retaillake.common.amount.KrwAmounts;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.YearMonth;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What an affiliate's row in the overview is made from, or a part of it. A customer is a non-null customer_id.
 *
 * @param month null for the whole period
 * @param lines number of purchase lines
 * @param amount their amount in KRW
 * @param customerLines number of those with a customer
 * @param customersAmount their amount in KRW
 * @param receipts number of different receipts
 * @param customers number of different customers
 */
record OverviewMeasures(
        String affiliate,
        YearMonth month,
        long lines,
        BigDecimal amount,
        long customerLines,
        BigDecimal customersAmount,
        long receipts,
        long customers)
        implements Serializable {

    /** Numbers of receipts and customers, and no lines. */
    static OverviewMeasures numbers(String affiliate, YearMonth month, long receipts, long customers) {
        return new OverviewMeasures(affiliate, month, 0, BigDecimal.ZERO, 0, BigDecimal.ZERO, receipts, customers);
    }

    /** These measures and those of other lines of the same affiliate, who share neither receipts nor customers with these. */
    OverviewMeasures plus(OverviewMeasures other) {
        return new OverviewMeasures(
                affiliate,
                month,
                lines + other.lines,
                amount.add(other.amount),
                customerLines + other.customerLines,
                customersAmount.add(other.customersAmount),
                receipts + other.receipts,
                customers + other.customers);
    }

    /** The same as measures of the whole period, with so many customers. */
    OverviewMeasures ofWholePeriod(long customersOfPeriod) {
        return new OverviewMeasures(
                affiliate, null, lines, amount, customerLines, customersAmount, receipts, customersOfPeriod);
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
                customers,
                lines,
                receipts,
                Measures.requireInType(amount),
                average(BigDecimal.valueOf(customerLines), customers),
                average(amount, lines),
                average(customersAmount, customers));
    }

    private static BigDecimal average(BigDecimal total, long number) {
        return number == 0
                ? null
                : Measures.requireInType(
                        total.divide(BigDecimal.valueOf(number), KrwAmounts.TOTAL.scale(), RoundingMode.HALF_UP));
    }
}
