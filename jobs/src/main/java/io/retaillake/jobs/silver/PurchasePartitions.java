package io.retaillake.jobs.silver;

import static io.retaillake.common.contract.SilverTables.PURCHASES;

import io.retaillake.common.lake.Lake;
import io.retaillake.common.purchases.PurchaseTotals;
import io.retaillake.common.purchases.Totals;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the files of {@code silver.purchases} are divided: by affiliate and month, which lets a month be grouped by columns and without a
 * shuffle; or by month alone, where thousands of files of a few rows each would cost more than that gains. Readers take such a table as
 * Spark reads it.
 */
final class PurchasePartitions {

    private static final Logger LOG = LoggerFactory.getLogger(PurchasePartitions.class);
    private static final String AFFILIATE = "affiliate";

    /** Fewer partitions are no burden, however small they are: a scan plans them in one manifest and opens them in a second. */
    static final int MANY = 1_000;

    /** About a megabyte and a half, compressed. A file of fewer takes longer to open than to read. */
    static final long FEW_ROWS = 50_000;

    private PurchasePartitions() {}

    /** Whether {@code purchases} has files of one affiliate each from now on. */
    static boolean areByAffiliate(Table purchases) {
        int affiliate = purchases.schema().findField(AFFILIATE).fieldId();
        return purchases.spec().fields().stream().anyMatch(field -> field.sourceId() == affiliate);
    }

    /**
     * Decides it by what {@code bronze} has of each affiliate and month, for a table without rows. One that has rows keeps its partitions: it
     * would be read as Spark reads it from then on. That it could have fewer is said.
     */
    static void decide(Lake lake, PurchaseTotals bronze) {
        List<Totals> months = bronze.byMonth().values().stream()
                .flatMap(affiliates -> affiliates.values().stream())
                .toList();
        long rows = bronze.sum().rows();
        if (months.size() <= MANY || rows / months.size() >= FEW_ROWS) {
            return;
        }
        Table purchases = lake.findOrCreate(PURCHASES);
        if (!areByAffiliate(purchases)) {
            return;
        }
        String found = String.format(
                Locale.ROOT, "bronze.purchase has %,d rows in %,d affiliates' months", rows, months.size());
        if (purchases.currentSnapshot() == null) {
            purchases.updateSpec().removeField(AFFILIATE).commit();
            LOG.info("{}: files of {} are divided by month alone", found, PURCHASES);
        } else {
            LOG.warn(
                    "{}, and {} has files for each. To have fewer, ALTER TABLE ... DROP PARTITION FIELD affiliate in Spark SQL,"
                            + " then build all months again",
                    found,
                    PURCHASES);
        }
    }
}
