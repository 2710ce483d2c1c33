package io.retaillake.jobs.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.make_date;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.purchases.AffiliateMonth;
import io.retaillake.common.purchases.PurchaseFile;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Purchases that Spark reads row by row and groups, whatever files they are in.
 *
 * @param rows columns of {@code silver.purchases}
 */
record PurchaseRows(Dataset<Row> rows) implements Purchases {

    /** Groups receipt by receipt first where it counts them. */
    @Override
    public void writeSales(Publication publication, TableContract mart, OverwriteFilter replaced) {
        MartColumns columns = MartColumns.of(mart);
        List<String> keys = Measures.monthlyBy(columns.keys().toArray(String[]::new));
        Dataset<Row> sales =
                columns.withReceipts() ? Measures.salesAndReceiptsBy(rows, keys) : Measures.salesBy(rows, keys);
        publication.write(
                mart,
                sales.select(
                        mart.columnNames().stream().map(PurchaseRows::column).toArray(Column[]::new)),
                replaced);
    }

    private static Column column(String name) {
        return switch (name) {
            case MartColumns.MONTH ->
                make_date(col("purchase_year"), col("purchase_month"), lit(1)).as(name);
            case MartColumns.DAY_OF_WEEK ->
                weekday(col(MartColumns.DATE)).plus(1).as(name);
            default -> col(name);
        };
    }

    /** Counts all receipts, for Spark has to group by them or read the rows twice. */
    @Override
    public List<OverviewMeasures> overviewFigures(Map<AffiliateMonth, Long> knownReceipts) {
        Column cents = KrwAmounts.toCents(col("amount"));
        Column customer = col("customer_id");
        Stream<OverviewMeasures> months = rows
                .groupBy(Measures.columns(Measures.monthlyBy()))
                .agg(
                        count(lit(1)),
                        KrwAmounts.sumOfCents(cents),
                        count(customer),
                        KrwAmounts.sumOfCents(when(customer.isNotNull(), cents).otherwise(0L)),
                        count_distinct(col(PurchaseFile.RECEIPT)),
                        count_distinct(customer))
                .collectAsList()
                .stream()
                .map(PurchaseRows::overviewFigures);
        Stream<OverviewMeasures> wholePeriods =
                rows.groupBy("affiliate").agg(count_distinct(customer)).collectAsList().stream()
                        .map(row -> OverviewMeasures.numbers(row.getString(0), null, 0, row.getLong(1)));
        return Stream.concat(months, wholePeriods).toList();
    }

    private static OverviewMeasures overviewFigures(Row row) {
        return new OverviewMeasures(
                row.getString(0),
                YearMonth.of(row.getInt(1), row.getInt(2)),
                row.getLong(3),
                row.getDecimal(4),
                row.getLong(5),
                row.getDecimal(6),
                row.getLong(7),
                row.getLong(8));
    }
}
