package io.retaillake.jobs.silver;

import static io.retaillake.jobs.silver.BronzeRows.CUSTOMER;
import static io.retaillake.jobs.silver.BronzeRows.PRODUCT;
import static io.retaillake.jobs.silver.BronzeRows.PURCHASE;
import static io.retaillake.jobs.silver.BronzeRows.ZIPCODE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.StringRows;
import io.retaillake.jobs.Cells;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenPurchasesTest {

    private static final Dimensions NO_DIMENSIONS = dimensions(
            new StringRows(SilverTables.REGIONS, List.of()),
            new StringRows(BronzeTables.PRODUCTS_INFO, List.of()),
            new StringRows(BronzeTables.CUSTOMER, List.of()));

    @TempDir
    private static Path folder;

    private static Lake lake;

    @BeforeAll
    static void openLake() {
        lake = LocalLakes.open(folder);
    }

    @Test
    void addsWhatIsKnownOfProductCustomerAndPlace() {
        assertThat(enriched(PURCHASE))
                .containsExactly("B|R1|1|119|B1191001|과일|사과|00001|F|30세~34세|010|서울특별시|Seoul|강북구|Gangbuk-gu|B1001|"
                        + "2015-01-03|10|2015|1|12900.00");
    }

    @Test
    void keepsPurchasesOfUnknownCustomersAndProductsWithoutAttributes() {
        assertThat(enriched(
                        PURCHASE.with("customer_id", null),
                        PURCHASE.with("customer_id", "77777").with("sub_category_cd", "B1199999"),
                        PURCHASE.with("affiliate", "C").with("store_cd", null)))
                .containsExactlyInAnyOrder(
                        "B|R1|1|119|B1191001|과일|사과|null|null|null|null|null|null|null|null|B1001|"
                                + "2015-01-03|10|2015|1|12900.00",
                        "B|R1|1|119|B1199999|null|null|77777|null|null|null|null|null|null|null|B1001|"
                                + "2015-01-03|10|2015|1|12900.00",
                        "C|R1|1|119|B1191001|null|null|00001|F|30세~34세|010|서울특별시|Seoul|강북구|Gangbuk-gu|null|"
                                + "2015-01-03|10|2015|1|12900.00");
    }

    @Test
    void knowsACustomerWhosePlaceIsUnknown() {
        assertThat(enriched(PURCHASE.with("customer_id", "00003"), PURCHASE.with("customer_id", "00004")))
                .containsExactlyInAnyOrder(
                        "B|R1|1|119|B1191001|과일|사과|00003|F|30세~34세|null|null|null|null|null|B1001|"
                                + "2015-01-03|10|2015|1|12900.00",
                        "B|R1|1|119|B1191001|과일|사과|00004|F|30세~34세|999|null|null|null|null|B1001|"
                                + "2015-01-03|10|2015|1|12900.00");
    }

    @Test
    void keepsReturnsZerosAndFractions() {
        assertThat(enrich(
                                PURCHASE.with("amount", -4500.0),
                                PURCHASE.with("amount", -0.0),
                                PURCHASE.with("amount", 1234.565),
                                PURCHASE.with("amount", 9999999999999.99))
                        .collectAsList())
                .extracting(row -> row.<BigDecimal>getAs("amount").toPlainString())
                .containsExactlyInAnyOrder("-4500.00", "0.00", "1234.57", "9999999999999.99");
    }

    @Test
    void keepsTextAsItIs() {
        Row row = enrich(PURCHASE.with("receipt_no", " R\u00a0１\u200b")
                        .with("store_cd", "")
                        .with("customer_id", " 00001")
                        .with("purchase_time", "24"))
                .head();

        assertThat(row.<String>getAs("receipt_no")).isEqualTo(" R\u00a0１\u200b");
        assertThat(row.<String>getAs("store_cd")).isEmpty();
        assertThat(row.<String>getAs("customer_id")).isEqualTo(" 00001");
        assertThat(row.<String>getAs("sex"))
                .as("of a customer with another number")
                .isNull();
        assertThat(row.<Integer>getAs("purchase_hour")).isNull();
    }

    @Test
    void countsAPurchaseOnceWhereTwoCitiesShareTheCustomersArea() {
        Dataset<Row> purchases = enrich(
                PURCHASE,
                PURCHASE.with("customer_id", "00002"),
                PURCHASE.with("customer_id", "00004"),
                PURCHASE.with("customer_id", null));

        assertThat(purchases
                        .groupBy("province_city", "city_county")
                        .sum("amount")
                        .collectAsList())
                .extracting(row -> row.mkString("|"))
                .containsExactlyInAnyOrder("서울특별시|강북구|12900.00", "경기도|성남시 수정구·성남시 중원구|12900.00", "null|null|25800.00");
    }

    @Test
    void dividesPurchasesByAffiliateAndMonth() {
        Dataset<Row> purchases = enrich(
                PURCHASE,
                PURCHASE.with("purchase_date", "20150131"),
                PURCHASE.with("purchase_date", "20151231"),
                PURCHASE.with("purchase_date", "20140131"),
                PURCHASE.with("affiliate", "가/나"));

        assertThat(purchases
                        .where("affiliate = 'B' AND purchase_year = 2015 AND purchase_month = 1")
                        .count())
                .isEqualTo(2);
        assertThat(purchases.where("affiliate = '가/나'").count()).isEqualTo(1);
        assertThat(purchases
                        .where("purchase_month = 12 OR purchase_year = 2014")
                        .collectAsList())
                .extracting(row -> row.<java.sql.Date>getAs("purchase_date").toString())
                .containsExactlyInAnyOrder("2015-12-31", "2014-01-31");
    }

    @Test
    void countsWhatItReadAndLeavesOutWhatIsNotValid() {
        WrittenPurchases written = WrittenPurchases.write(
                lake.findOrCreate(SilverTables.PURCHASES),
                PurchaseParser.rows(Cells.frame(
                        lake.spark(),
                        BronzeTables.PURCHASE,
                        3,
                        List.of(
                                PURCHASE,
                                PURCHASE.with("purchase_date", "20150230"),
                                PURCHASE.with("amount", Double.NaN),
                                PURCHASE.with("amount", -900.25)))),
                NO_DIMENSIONS);

        assertThat(written.read()).isEqualTo(new BronzeCount(new ControlTotals(4, new BigDecimal("24899.75")), 2));
        assertThat(written.files().stream().mapToLong(DataFile::recordCount).sum())
                .isEqualTo(2);
    }

    @Test
    void leavesNoFileOfATaskThatFails() throws IOException {
        Table table = lake.findOrCreate(SilverTables.PURCHASES);
        List<Path> before = files();
        Column fails = when(col("receipt_no").equalTo("R2"), raise_error(lit("broken")))
                .otherwise(col("store_cd"));
        JavaRDD<InternalRow> broken = PurchaseParser.rows(Cells.frame(
                        lake.spark(),
                        BronzeTables.PURCHASE,
                        PURCHASE,
                        PURCHASE.with("affiliate", "C"),
                        PURCHASE.with("receipt_no", "R2"))
                .withColumn("store_cd", fails));

        assertThatThrownBy(() -> WrittenPurchases.write(table, broken, NO_DIMENSIONS))
                .hasStackTraceContaining("broken");

        assertThat(files()).isEqualTo(before);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> enriched(Cells... purchases) {
        return enrich(purchases).collectAsList().stream()
                .map(row -> row.mkString("|"))
                .toList();
    }

    private static Dataset<Row> enrich(Cells... purchases) {
        Cells seongnam = ZIPCODE.with("short_zipcode", "131").with("province_city", "경기도");
        Regions regions = new Regions();
        Cells.texts(
                        BronzeTables.ZIPCODE,
                        ZIPCODE,
                        seongnam.with("city_county", "성남시 중원구"),
                        seongnam.with("city_county", "성남시 수정구"))
                .rows()
                .forEach(regions::add);
        StringRows customers = Cells.texts(
                BronzeTables.CUSTOMER,
                CUSTOMER,
                CUSTOMER.with("customer_id", "00002").with("residence", "131"),
                CUSTOMER.with("customer_id", "00003").with("residence", null),
                CUSTOMER.with("customer_id", "00004").with("residence", "999"));
        return write(
                Cells.frame(lake.spark(), BronzeTables.PURCHASE, purchases),
                dimensions(regions.rows(), Cells.texts(BronzeTables.PRODUCTS_INFO, PRODUCT), customers));
    }

    private static Dimensions dimensions(StringRows regions, StringRows products, StringRows customers) {
        DimensionsBuilder builder = new DimensionsBuilder(regions, Long.MAX_VALUE);
        products.rows().forEach(builder::addProduct);
        builder.expectCustomers(customers.rows().size());
        customers.rows().forEach(builder::addCustomer);
        return builder.build().orElseThrow();
    }

    private static Dataset<Row> write(Dataset<Row> purchases, Dimensions dimensions) {
        Table table = lake.findOrCreate(SilverTables.PURCHASES);
        OverwriteFiles commit = table.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
        WrittenPurchases.write(table, PurchaseParser.rows(purchases), dimensions)
                .files()
                .forEach(commit::addFile);
        commit.commit();
        table.refresh();
        return lake.read(SilverTables.PURCHASES, table.currentSnapshot().snapshotId());
    }
}
