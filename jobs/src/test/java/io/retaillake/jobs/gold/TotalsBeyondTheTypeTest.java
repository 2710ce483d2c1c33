package io.retaillake.jobs.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.jobs.Cells;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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

    private static SparkSession spark;

    @BeforeAll
    static void openSession() {
        spark = LocalLakes.open(folder).spark();
    }

    static Stream<UnaryOperator<Dataset<Row>>> marts() {
        return Stream.of(
                SalesByDatetime::aggregate,
                SalesByProduct::aggregate,
                SalesByAgeProduct::aggregate,
                SalesByResidence::aggregate,
                SalesByCustomer::aggregate,
                OverviewRows::months);
    }

    @ParameterizedTest
    @MethodSource("marts")
    void failsForATotalBeyondTheType(UnaryOperator<Dataset<Row>> mart) {
        assertThatThrownBy(() -> mart.apply(lines(1001, 1)).collectAsList())
                .hasStackTraceContaining("A total amount is beyond decimal(18,2)");
    }

    @Test
    void failsForAnOverviewWhoseCustomersHaveTotalsInside() {
        assertThatThrownBy(() -> OverviewRows.months(lines(1200, 2)).collectAsList())
                .hasStackTraceContaining("A total amount is beyond decimal(18,2)");
    }

    @Test
    void holdsThousandOfTheLargestAmounts() {
        assertThat(SalesByProduct.aggregate(lines(1000, 1)).head().<Object>getAs("total_purchase_amount"))
                .isEqualTo(new BigDecimal("9999999999999990.00"));
    }

    private static Dataset<Row> lines(int count, int customers) {
        Cells line = SilverRows.line("A", "R1", "2015-01-03", 10, LARGEST_AMOUNT);
        return Cells.frame(spark, SilverTables.PURCHASES, line)
                .drop("customer_id")
                .crossJoin(spark.range(count)
                        .select(concat(lit("C"), pmod(col("id"), lit(customers)))
                                .as("customer_id")));
    }
}
