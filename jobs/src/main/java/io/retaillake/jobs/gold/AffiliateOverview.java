package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.GoldTables.AFFILIATE_OVERVIEW;
import static org.apache.spark.sql.functions.lit;

import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.purchases.AffiliateMonth;
import io.retaillake.common.purchases.PurchaseFile;
import io.retaillake.common.purchases.ReceiptsInSeveralMonths;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;

/**
 * Rows of {@code silver.purchases} to an overview of each affiliate: by month, and over the whole period where month is null.
 *
 * <p>The whole period's different customers can't be had from the months' numbers, so any run reads those of all purchases. Receipts, of
 * which there are hundreds of times more, are counted month by month, and only in months that changed since the mart was last made.
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
    void write(MartInput input, OverwriteFilter replaced) {
        Optional<List<PurchaseFile>> files = input.files();
        files.ifPresent(all -> input.progress()
                .step(
                        "build " + AFFILIATE_OVERVIEW,
                        all.stream().mapToLong(PurchaseFile::rows).sum()));
        Map<AffiliateMonth, Long> knownReceipts = files.map(
                        all -> KnownReceipts.of(input.publication(), input.silver(), all, input.window()))
                .orElse(Map.of());
        Optional<Column> mayRepeat = files.map(
                        all -> ReceiptsInSeveralMonths.condition(input.context(), input.silver(), all))
                .orElse(Optional.of(lit(true)));
        Map<String, Long> corrections = mayRepeat
                .map(condition -> RepeatedReceipts.corrections(input.purchases().where(condition)))
                .orElse(Map.of());
        List<Row> rows = OverviewRows.of(input.allPurchases().overviewFigures(knownReceipts), corrections);
        input.publication()
                .write(
                        AFFILIATE_OVERVIEW,
                        input.lake().spark().createDataFrame(rows, AFFILIATE_OVERVIEW.schema()),
                        replaced);
    }
}
