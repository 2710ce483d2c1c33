package io.retaillake.jobs.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.jobs.Cells;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Spark joins and what is written column by column are the same rows, whatever is in bronze. */
class JoinedPurchasesTest {

    private static final List<String> AFFILIATES = List.of("A", "B", "가/나", " a");
    private static final List<String> CODES = List.of("1", "01", "", "과일", "긴 이름의 분류 ".repeat(12));
    private static final List<String> AREAS = List.of("010", "131", "999", "");

    @TempDir
    private static Path folder;

    private static Lake lake;

    private Random random;

    @BeforeAll
    static void openLake() {
        lake = LocalLakes.open(folder);
    }

    @Test
    void areTheRowsThatAreWrittenByColumns() {
        assertSameRows(System.nanoTime(), 3_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void areTheRowsThatAreWrittenByColumnsInSmallPagesAndRowGroups(long seed) {
        Table table = lake.findOrCreate(SilverTables.PURCHASES);
        table.updateProperties()
                .set("write.parquet.page-row-limit", "7")
                .set("write.parquet.row-group-size-bytes", "6000")
                .set("write.parquet.dict-size-bytes", "300")
                .set("write.target-file-size-bytes", "20000")
                .commit();
        try {
            assertSameRows(seed, 2_000);
        } finally {
            table.updateProperties()
                    .remove("write.parquet.page-row-limit")
                    .remove("write.parquet.row-group-size-bytes")
                    .remove("write.parquet.dict-size-bytes")
                    .remove("write.target-file-size-bytes")
                    .commit();
        }
    }

    private void assertSameRows(long seed, int rows) {
        random = new Random(seed);
        List<Cells> zipcodes = zipcodes();
        List<Cells> products = distinct(BronzeTables.PRODUCTS_INFO, 60, this::product);
        List<Cells> customers = distinct(BronzeTables.CUSTOMER, 300, this::customer);
        Dataset<Row> purchases = Cells.frame(
                lake.spark(),
                BronzeTables.PURCHASE,
                3,
                random.ints(rows).mapToObj(i -> purchase()).toList());

        List<String> joined = sorted(JoinedPurchases.of(
                PurchaseParser.parse(lake.spark(), PurchaseParser.rows(purchases)),
                Cells.frame(lake.spark(), BronzeTables.PRODUCTS_INFO, 2, products),
                Cells.frame(lake.spark(), BronzeTables.CUSTOMER, 2, customers),
                regions(zipcodes).rows().frame(lake.spark())));
        List<String> written = sorted(written(purchases, zipcodes, products, customers));

        assertThat(written).as("seed %s", seed).hasSizeGreaterThan(rows / 2).isEqualTo(joined);
    }

    private static Dataset<Row> written(
            Dataset<Row> purchases, List<Cells> zipcodes, List<Cells> products, List<Cells> customers) {
        DimensionsBuilder builder = new DimensionsBuilder(regions(zipcodes).rows(), Long.MAX_VALUE);
        texts(BronzeTables.PRODUCTS_INFO, products).forEach(builder::addProduct);
        texts(BronzeTables.CUSTOMER, customers).forEach(builder::addCustomer);
        Table table = lake.findOrCreate(SilverTables.PURCHASES);
        table.refresh();
        OverwriteFiles commit = table.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
        WrittenPurchases.write(
                        table, PurchaseParser.rows(purchases), builder.build().orElseThrow())
                .files()
                .forEach(commit::addFile);
        commit.commit();
        table.refresh();
        return lake.read(SilverTables.PURCHASES, table.currentSnapshot().snapshotId());
    }

    private static Regions regions(List<Cells> zipcodes) {
        Regions regions = new Regions();
        texts(BronzeTables.ZIPCODE, zipcodes).forEach(regions::add);
        return regions;
    }

    private static List<List<String>> texts(TableContract contract, List<Cells> rows) {
        return Cells.texts(contract, rows.toArray(Cells[]::new)).rows();
    }

    private static List<String> sorted(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(row -> row.mkString("|"))
                .sorted()
                .toList();
    }

    private List<Cells> zipcodes() {
        List<Cells> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            rows.add(BronzeRows.ZIPCODE
                    .with("short_zipcode", any(AREAS))
                    .with("province_city", any(List.of("서울특별시", "경기도", "\u3000")))
                    .with("province_city_eng", orNull("Seoul"))
                    .with("city_county", orNull("시군구 " + random.nextInt(5))));
        }
        return rows;
    }

    private Cells product() {
        return BronzeRows.PRODUCT
                .with("affiliate", any(AFFILIATES))
                .with("division_cd", any(CODES))
                .with("main_category_cd", any(CODES))
                .with("sub_category_cd", any(CODES) + random.nextInt(3))
                .with("main_category_desc", any(List.of("과일", "우유", "")))
                .with("sub_category_desc", "소분류 " + random.nextInt(40));
    }

    private Cells customer() {
        return BronzeRows.CUSTOMER
                .with("customer_id", customerCode())
                .with("sex", any(List.of("F", "M")))
                .with("age_group", any(List.of("30세~34세", "60세이상")))
                .with("residence", random.nextInt(4) == 0 ? null : any(AREAS) + (random.nextInt(9) == 0 ? "x" : ""));
    }

    private String customerCode() {
        return (random.nextInt(8) == 0 ? "고객" : "") + random.nextInt(900);
    }

    private Cells purchase() {
        Cells bought = product();
        return BronzeRows.PURCHASE
                .with("affiliate", bought.get("affiliate"))
                .with("division_cd", bought.get("division_cd"))
                .with("main_category_cd", bought.get("main_category_cd"))
                .with("sub_category_cd", bought.get("sub_category_cd"))
                .with("receipt_no", "영수증" + random.nextInt(500))
                .with("customer_id", orNull(customerCode()))
                .with("store_cd", orNull("S" + random.nextInt(30)))
                .with(
                        "purchase_date",
                        "201%d0%d%02d".formatted(random.nextInt(3), 1 + random.nextInt(2), 1 + random.nextInt(30)))
                .with("purchase_time", orNull(Integer.toString(random.nextInt(26))))
                .with("amount", random.nextInt(30) == 0 ? null : (Object) (random.nextInt(100_000) / 8.0 - 500));
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private String orNull(String text) {
        return random.nextInt(5) == 0 ? null : text;
    }

    private static List<Cells> distinct(TableContract contract, int count, Supplier<Cells> make) {
        Map<List<Object>, Cells> byKey = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Cells row = make.get();
            byKey.put(contract.key().stream().map(row::get).toList(), row);
        }
        return List.copyOf(byKey.values());
    }
}
