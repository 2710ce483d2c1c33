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
        "sales-by-day, gold.sales_by_datetime, purchase_date_month",
        "sales-by-product, gold.sales_by_product, month_month",
        "sales-by-age-and-category, gold.sales_by_age_product, month_month",
        "sales-by-place, gold.sales_by_residence, month_month",
        "sales-by-customer, gold.sales_by_customer, month_month",
        "sales-by-day-from-silver, silver.purchases, purchase_date_month",
        "sales-by-product-from-silver, silver.purchases, purchase_date_month",
        "sales-by-customer-from-silver, silver.purchases, purchase_date_month",
    })
    void aMonthsKpiReadsTheFilesOfThatMonthOnly(String query, String table, String partition) {
        String sql = QueryFile.named(query).text();
        DataFiles december = DataFiles.of(TestLake.get().trino(), table, partition + "=2015-12/");
        DataFiles all = DataFiles.of(TestLake.get().trino(), table, "/");

        assertPruned(sql);
        Trino.Answer answer = TestLake.get().trino().query(sql);

        assertThat(answer.rowsRead()).isPositive().isEqualTo(december.rows());
        assertThat(answer.bytesRead()).isPositive().isLessThanOrEqualTo(december.bytes() + december.footerBytes());
        assertThat(december.bytes()).isLessThan(all.bytes() / 10);
    }

    @Test
    void anAffiliatesMonthOfSilverReadsThatPartitionOnlyAndOfItTheNamedColumns() {
        DataFiles partition =
                DataFiles.of(TestLake.get().trino(), "silver.purchases", "/affiliate=A/purchase_date_month=2015-12/");

        assertPruned(SILVER_OF_ONE_AFFILIATE);
        Trino.Answer answer = TestLake.get().trino().query(SILVER_OF_ONE_AFFILIATE);

        assertThat(answer.rowsRead()).isPositive().isEqualTo(partition.rows());
        assertThat(answer.bytesRead())
                .isPositive()
                .isLessThanOrEqualTo(partition.footerBytes() + partition.columnBytes("purchase_hour", "amount"));
        assertThat(partition.columnBytes("purchase_hour", "amount")).isLessThan(partition.bytes() / 4);
    }

    /** The condition is met by choosing partitions: the plan has it at the table and no filter on rows is left. */
    private static void assertPruned(String sql) {
        String plan = String.join(
                "\n",
                TestLake.get()
                        .trino()
                        .query("EXPLAIN (TYPE DISTRIBUTED) " + sql)
                        .figures()
                        .rows());
        assertThat(plan).contains("constraint on [").doesNotContain("Filter[");
        String input = String.join(
                "\n",
                TestLake.get()
                        .trino()
                        .query("EXPLAIN (TYPE IO, FORMAT JSON) " + sql)
                        .figures()
                        .rows());
        assertThat(input).contains("\"value\" : \"2015-12-01\"", "\"value\" : \"2016-01-01\"");
    }
}
