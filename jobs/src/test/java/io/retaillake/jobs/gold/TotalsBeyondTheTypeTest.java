package io.retaillake.jobs.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.jobs.Cells;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A total that decimal(18,2) can't hold is no number to show. */
class TotalsBeyondTheTypeTest {

    private static final String LARGEST_AMOUNT = "9999999999999.99";

    @TempDir
    private static Path folder;

    private static Lake lake;

    @BeforeAll
    static void openLake() {
        lake = LocalLakes.open(folder);
    }

    static List<TableContract> monthlyMarts() {
        return GoldTables.ALL.stream()
                .filter(mart -> !mart.partitions().isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("monthlyMarts")
    void failsForATotalBeyondTheType(TableContract mart) {
        Dataset<Row> lines = lines(1001, 1);
        for (Purchases purchases : List.of(new PurchaseRows(lines), SilverColumns.of(lake, lines))) {
            assertThatThrownBy(() -> SilverColumns.sales(lake, mart, purchases))
                    .hasStackTraceContaining("A total amount is beyond decimal(18,2)");
        }
    }

    @Test
    void failsForAnOverviewBeyondTheType() {
        Dataset<Row> lines = lines(1001, 1);
        for (Purchases purchases : List.of(new PurchaseRows(lines), SilverColumns.of(lake, lines))) {
            assertThatThrownBy(() -> overview(purchases))
                    .hasStackTraceContaining("A total amount is beyond decimal(18,2)");
        }
    }

    @Test
    void failsForAnOverviewWhoseCustomersHaveTotalsInside() {
        assertThatThrownBy(() -> overview(SilverColumns.of(lake, lines(1200, 2))))
                .hasStackTraceContaining("A total amount is beyond decimal(18,2)");
    }

    @Test
    void holdsThousandOfTheLargestAmounts() {
        assertThat(SilverColumns.sales(lake, GoldTables.SALES_BY_PRODUCT, SilverColumns.of(lake, lines(1000, 1)))
                        .head()
                        .<Object>getAs("total_purchase_amount"))
                .isEqualTo(new BigDecimal("9999999999999990.00"));
    }

    private static List<Row> overview(Purchases purchases) {
        return OverviewRows.of(purchases.overviewFigures(Map.of()), Map.of());
    }

    private static Dataset<Row> lines(int count, int customers) {
        Cells line = SilverRows.line("A", "R1", "2015-01-03", 10, LARGEST_AMOUNT);
        return Cells.frame(lake.spark(), SilverTables.PURCHASES, line)
                .drop("customer_id")
                .crossJoin(lake.spark()
                        .range(count)
                        .select(concat(lit("C"), pmod(col("id"), lit(customers)))
                                .as("customer_id")));
    }
}
