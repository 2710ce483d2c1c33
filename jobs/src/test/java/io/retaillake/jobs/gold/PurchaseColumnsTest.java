package io.retaillake.jobs.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.jobs.Frames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("thorough")
class PurchaseColumnsTest {

    private static final List<TableContract> MARTS =
            GoldTables.ALL.stream().filter(mart -> !mart.partitions().isEmpty()).toList();

    @TempDir
    private static Path folder;

    private static Lake lake;

    private Table table;

    @BeforeAll
    static void openLake() {
        lake = LocalLakes.open(folder);
    }

    @BeforeEach
    void findTable() {
        table = lake.findOrCreate(SilverTables.PURCHASES);
    }

    @AfterEach
    void resetProperties() {
        table.updateProperties()
                .remove("write.delete.mode")
                .remove("write.parquet.dict-size-bytes")
                .remove("write.parquet.page-row-limit")
                .remove("write.parquet.row-group-size-bytes")
                .commit();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2097152", "64"})
    void groupsAsSparkDoesWhateverTheFilesHaveInTheirPages(String dictionaryBytes) throws Exception {
        table.updateProperties()
                .set("write.parquet.dict-size-bytes", dictionaryBytes)
                .set("write.parquet.page-row-limit", "700")
                .set("write.parquet.row-group-size-bytes", "40000")
                .commit();

        Purchases columns = SilverColumns.of(lake, lines(0, 20_000));
        lines(20_000, 25_000).writeTo(lake.identifier(SilverTables.PURCHASES)).append();
        assertSameGroups(SilverColumns.of(lake));

        assertThat(columns.overviewFigures(Map.of()).stream()
                        .mapToLong(OverviewMeasures::lines)
                        .sum())
                .as("of a snapshot that others have added to since")
                .isEqualTo(20_000);
    }

    @Test
    void groupsNothingWhereThereIsNothing() {
        Purchases none = SilverColumns.of(lake, lines(0, 0));

        for (TableContract mart : MARTS) {
            assertThat(SilverColumns.sales(lake, mart, none).collectAsList()).isEmpty();
        }
        assertThat(overview(none)).isEmpty();
    }

    @Test
    void countsAReceiptOnceWhereItsLinesAreApart() {
        Dataset<Row> lines =
                numberedLines(0, 3000).withColumn("receipt_no", concat(lit("R"), pmod(col("line"), lit(50))));

        Purchases columns = SilverColumns.of(lake, lines.drop("line"));

        assertSameGroups(columns);
    }

    @Test
    void leavesFilesWithDeletedRowsToSpark() {
        SilverColumns.of(lake, lines(0, 2000));
        table.updateProperties().set("write.delete.mode", "merge-on-read").commit();
        lake.spark().sql("DELETE FROM " + lake.identifier(SilverTables.PURCHASES) + " WHERE customer_id = 'C7'");
        table.refresh();

        assertThat(SilverColumns.parts(table, 1000)).isEmpty();
    }

    private void assertSameGroups(Purchases columns) {
        table.refresh();
        Purchases rows = new PurchaseRows(
                lake.read(SilverTables.PURCHASES, table.currentSnapshot().snapshotId()));
        for (TableContract mart : MARTS) {
            Frames.assertSameRows(SilverColumns.sales(lake, mart, rows), SilverColumns.sales(lake, mart, columns));
        }
        assertThat(overview(columns)).isEqualTo(overview(rows));
    }

    private static List<Row> overview(Purchases purchases) {
        return OverviewRows.of(purchases.overviewFigures(Map.of()), Map.of());
    }

    private static Dataset<Row> lines(int from, int to) {
        return numberedLines(from, to).drop("line");
    }

    /** Lines of two affiliates and three months, of which some know neither customer nor product. */
    private static Dataset<Row> numberedLines(int from, int to) {
        Column number = pmod(xxhash64(col("line")), lit(1000));
        Column customer = when(number.gt(50), concat(lit("C"), pmod(number, lit(97))));
        Column product = pmod(xxhash64(col("line"), lit(1)), lit(40));
        Dataset<Row> lines = lake.spark().range(from, to).toDF("line");
        return lines.withColumn(
                        "affiliate",
                        when(pmod(col("line"), lit(3)).equalTo(0), lit("A")).otherwise(lit("나")))
                .withColumn("receipt_no", concat(lit("R"), expr("line div 3")))
                .withColumn("division_cd", lit("1"))
                .withColumn("main_category_cd", lit("10"))
                .withColumn("sub_category_cd", product.cast("string"))
                .withColumn("main_category_desc", lit("과일"))
                .withColumn("sub_category_desc", when(product.gt(5), concat(lit("상품 "), pmod(product, lit(9)))))
                .withColumn("customer_id", customer)
                .withColumn(
                        "sex", when(pmod(number, lit(2)).equalTo(0), lit("F")).otherwise(lit("M")))
                .withColumn("age_group", when(customer.isNotNull(), concat(pmod(number, lit(7)), lit("세"))))
                .withColumn(
                        "residence",
                        when(
                                pmod(number, lit(5)).notEqual(0),
                                pmod(number, lit(300)).cast("string")))
                .withColumn("province_city", lit(null).cast("string"))
                .withColumn("province_city_eng", lit(null).cast("string"))
                .withColumn("city_county", lit(null).cast("string"))
                .withColumn("city_county_eng", lit(null).cast("string"))
                .withColumn("store_cd", lit(null).cast("string"))
                .withColumn(
                        "purchase_date",
                        date_add(
                                lit("2014-12-20").cast("date"),
                                pmod(number, lit(50)).cast("int")))
                .withColumn(
                        "purchase_hour",
                        when(number.gt(200), pmod(number, lit(24)).cast("int")))
                .withColumn("purchase_year", expr("year(purchase_date)"))
                .withColumn("purchase_month", expr("month(purchase_date)"))
                .withColumn("amount", expr("cast((line % 4001 - 700) / 4 as decimal(15,2))"));
    }
}
