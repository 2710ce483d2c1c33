package io.retaillake.jobs.silver;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.purchases.PurchaseTotals;
import io.retaillake.common.purchases.Totals;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.apache.iceberg.PartitionField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurchasePartitionsTest {

    @TempDir
    private Path folder;

    private Lake lake;

    @BeforeEach
    void openLake() {
        lake = LocalLakes.open(folder);
    }

    @Test
    void areMonthsWhereAffiliatesMonthsAreManyAndSmall() {
        PurchasePartitions.decide(lake, totals(501, 2, 10));

        assertThat(partitions()).containsExactly("purchase_year", "purchase_month");
    }

    @Test
    void areAffiliatesMonthsWhereTheseAreFewOrLarge() {
        PurchasePartitions.decide(lake, totals(4, 24, 10));
        assertThat(lake.find(PURCHASES)).isEmpty();

        PurchasePartitions.decide(lake, totals(501, 2, 50_000));
        lake.findOrCreate(PURCHASES);
        assertThat(partitions()).containsExactly("affiliate", "purchase_year", "purchase_month");
    }

    @Test
    void stayAsTheyAreInATableWithRows() {
        lake.findOrCreate(PURCHASES).newAppend().commit();

        PurchasePartitions.decide(lake, totals(501, 2, 10));

        assertThat(partitions()).containsExactly("affiliate", "purchase_year", "purchase_month");
    }

    private Iterable<String> partitions() {
        return lake.findOrCreate(PURCHASES).spec().fields().stream()
                .map(PartitionField::name)
                .toList();
    }

    private static PurchaseTotals totals(int affiliates, int months, long rowsOfEach) {
        PurchaseTotals totals = PurchaseTotals.empty();
        for (int month = 0; month < months; month++) {
            for (int affiliate = 0; affiliate < affiliates; affiliate++) {
                totals.add(
                        String.valueOf(201501 + month),
                        "A" + affiliate,
                        new Totals(rowsOfEach, 0, 0, 0, 0, BigDecimal.TEN));
            }
        }
        return totals;
    }
}
