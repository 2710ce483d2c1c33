package io.retaillake.queries;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries read the files of the months, the affiliates and the columns that they name, and nothing else. */
class PruningIT {

    private static final String DECEMBER = "purchase_date >= DATE '2015-12-01' AND purchase_date < DATE '2016-01-01'";
    /** Named columns: an affiliate's month by hour. */
    static final String SILVER_OF_ONE_AFFILIATE =
            "SELECT purchase_hour, sum(amount) FROM silver.purchases WHERE affiliate = 'A' AND " + DECEMBER
                    + " GROUP BY purchase_hour";

    @ParameterizedTest
    @CsvSource({
        "sales-by-day, gold.sales_by_datetime, purchase_date_month=2015-12/",
        "sales-by-product, gold.sales_by_product, month_month=2015-12/",
        "sales-by-age-and-category, gold.sales_by_age_product, month_month=2015-12/",
        "sales-by-place, gold.sales_by_residence, month_month=2015-12/",
        "sales-by-customer, gold.sales_by_customer, month_month=2015-12/",
        "sales-by-day-from-silver, silver.purchases, purchase_year=2015/purchase_month=12/",
        "sales-by-product-from-silver, silver.purchases, purchase_year=2015/purchase_month=12/",
        "sales-by-customer-from-silver, silver.purchases, purchase_year=2015/purchase_month=12/",
    })
    void aMonthsKpiReadsTheFilesOfThatMonthOnly(String query, String table, String partition) {
        String sql = QueryFile.named(query).text();
        DataFiles december = DataFiles.of(TestLake.get().trino(), table, partition);
        DataFiles all = DataFiles.of(TestLake.get().trino(), table, "/");

        assertPruned(sql);
        if (table.startsWith("gold.")) {
            assertNoRowIsFiltered(sql);
        }
        Trino.Answer answer = TestLake.get().trino().query(sql);

        assertThat(answer.rowsRead()).isPositive().isEqualTo(december.rows());
        assertThat(answer.bytesRead()).isPositive().isLessThanOrEqualTo(december.bytes() + december.footerBytes());
        assertThat(december.bytes()).isLessThan(all.bytes() / 10);
    }

    @Test
    void anAffiliatesMonthOfSilverReadsThatPartitionOnlyAndOfItTheNamedColumns() {
        DataFiles partition = DataFiles.of(
                TestLake.get().trino(), "silver.purchases", "/affiliate=A/purchase_year=2015/purchase_month=12/");

        long namedColumns = partition.columnBytes("purchase_date", "amount");

        assertPruned(SILVER_OF_ONE_AFFILIATE);
        Trino.Answer answer = TestLake.get().trino().query(SILVER_OF_ONE_AFFILIATE);

        assertThat(answer.rowsRead()).isPositive().isEqualTo(partition.rows());
        assertThat(answer.bytesRead()).isPositive().isLessThanOrEqualTo(partition.footerBytes() + namedColumns);
        assertThat(namedColumns).isLessThan(partition.bytes() / 4);
    }

    /** The engine knows the condition where it chooses files: by their partitions, or by the bounds of their columns. */
    private static void assertPruned(String sql) {
        assertThat(explained("EXPLAIN (TYPE IO, FORMAT JSON) " + sql))
                .contains("\"value\" : \"2015-12-01\"", "\"value\" : \"2016-01-01\"");
    }

    /** The condition is met by choosing partitions alone. */
    private static void assertNoRowIsFiltered(String sql) {
        assertThat(explained("EXPLAIN (TYPE DISTRIBUTED) " + sql))
                .contains("constraint on [")
                .doesNotContain("Filter[");
    }

    private static String explained(String sql) {
        return String.join("\n", TestLake.get().trino().query(sql).figures().rows());
    }
}
