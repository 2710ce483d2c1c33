package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.GoldTables.AFFILIATE_OVERVIEW;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.JobMain;
import io.retaillake.common.silver.PurchaseFile;
import io.retaillake.common.silver.SharedReceipts;
import java.sql.Date;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;

/**
 * Rows of {@code silver.purchases} to an overview of each affiliate: by month, and over the whole period where month is null.
 *
 * <p>The whole period's different customers can't be had from the months', so any run reads them of all purchases. Receipts, of which
 * there are hundreds of times more, are counted month by month, and only in months that changed since the mart was last made.
 */
@Command(
        name = "AffiliateOverview",
        description =
                "Builds gold.affiliate_overview: customers, purchases, receipts and averages by affiliate and month.")
public final class AffiliateOverview extends Mart {

    public AffiliateOverview() {
        super(AFFILIATE_OVERVIEW);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new AffiliateOverview(), args);
    }

    @Override
    Dataset<Row> rows(MartInput input) {
        Optional<List<PurchaseFile>> files = input.files();
        Set<YearMonth> kept = files.map(
                        known -> KeptMonths.of(input.publication(), input.silver(), known, input.window()))
                .orElse(Set.of());
        files.ifPresent(known -> input.progress().step("build " + AFFILIATE_OVERVIEW, rowsToRead(known, kept)));

        Dataset<Row> months = months(input, kept);
        Dataset<Row> receipts = months.select("affiliate", Measures.RECEIPTS);
        Optional<Column> mayRepeat = files.map(SharedReceipts::condition).orElse(Optional.of(lit(true)));
        if (mayRepeat.isPresent()) {
            receipts = receipts.unionByName(
                    RepeatedReceipts.corrections(input.purchases().where(mayRepeat.get())));
        }
        return months.unionByName(OverviewRows.wholePeriod(input.allPurchases(), receipts));
    }

    /** Those of changed months twice, and all once; where months share receipt numbers, some of them again. */
    private static long rowsToRead(List<PurchaseFile> files, Set<YearMonth> kept) {
        return files.stream()
                .mapToLong(file -> kept.contains(file.month()) ? file.rows() : 3 * file.rows())
                .sum();
    }

    /** The rows of all months, a few hundred. They are computed here, for the whole period's rows depend on them, too. */
    private static Dataset<Row> months(MartInput input, Set<YearMonth> kept) {
        List<YearMonth> changed = input.files().orElse(List.of()).stream()
                .map(PurchaseFile::month)
                .filter(month -> !kept.contains(month))
                .distinct()
                .toList();
        Purchases purchases = kept.isEmpty() ? input.allPurchases() : input.purchasesOf(changed);
        Dataset<Row> months = OverviewRows.months(purchases);
        List<Row> rows = new ArrayList<>(months.collectAsList());
        if (!kept.isEmpty()) {
            rows.addAll(input.publication()
                    .rowsBefore(AFFILIATE_OVERVIEW)
                    .where(col("month")
                            .isin(kept.stream()
                                    .map(month -> Date.valueOf(month.atDay(1)))
                                    .toArray()))
                    .select(Measures.columns(List.of(months.columns())))
                    .collectAsList());
        }
        return input.lake().spark().createDataFrame(rows, months.schema());
    }
}
