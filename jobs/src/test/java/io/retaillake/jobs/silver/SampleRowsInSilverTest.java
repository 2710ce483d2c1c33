package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Frames;
import io.retaillake.jobs.SampleRows;
import io.retaillake.jobs.TestLake;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every sample row lands where the file says. */
class SampleRowsInSilverTest {

    private static final List<String> KEPT_TEXT = Stream.concat(
                    PurchaseParser.KEY.stream(), Stream.of("customer_id", "store_cd", "purchase_date"))
            .toList();
    private static final List<String> RAW_AND_REASONS = Stream.concat(
                    KEPT_TEXT.stream(), Stream.of("purchase_time", "amount", "expected"))
            .toList();

    @TempDir
    private static Path folder;

    private static TestLake lake;
    private static Dataset<Row> samples;

    @BeforeAll
    static void buildSilver() throws FailedJobException {
        lake = new TestLake(folder);
        samples = SampleRows.text(lake.spark(), "purchase");
        lake.publishSampleDimensions("d1");
        lake.publishPurchases("b1", SampleRows.typed(lake.spark(), BronzeTables.PURCHASE), false);
        lake.run(new BuildPurchases(), "r1");
    }

    @Test
    void rejectsTheExpectedRowsForTheExpectedReasons() {
        Dataset<Row> expected = samples.where("expected <> 'kept'")
                .withColumn("amount", col("amount").cast("double").cast("string"));
        Dataset<Row> actual =
                lake.read(SilverTables.PURCHASE_REJECTS).withColumn("expected", array_join(col("reasons"), " "));
        Column[] compared = columns(RAW_AND_REASONS);

        assertThat(samples.count()).isEqualTo(90);
        Frames.assertSameRows(expected.select(compared), actual.select(compared));
    }

    @Test
    void keepsTheExpectedRows() {
        Column[] compared = columns(KEPT_TEXT);
        Dataset<Row> actual = lake.read(SilverTables.PURCHASES)
                .withColumn("purchase_date", date_format(col("purchase_date"), "yyyyMMdd"));

        Frames.assertSameRows(samples.where("expected = 'kept'").select(compared), actual.select(compared));
    }

    @Test
    void readsTheHoursAndAmountsThatTheNotesTell() {
        Map<String, BigDecimal> amounts = new HashMap<>();
        Map<String, Integer> hours = new HashMap<>();
        for (Row row : lake.read(SilverTables.PURCHASES).collectAsList()) {
            amounts.put(row.getAs("receipt_no"), row.getAs("amount"));
            hours.put(row.getAs("receipt_no"), row.getAs("purchase_hour"));
        }

        assertThat(amounts)
                .containsEntry("R0010", new BigDecimal("-4500.00"))
                .containsEntry("R0012", new BigDecimal("0.00"))
                .containsEntry("R0014", new BigDecimal("1234.57"))
                .containsEntry("R0015", new BigDecimal("-1234.57"))
                .containsEntry("R0016", new BigDecimal("9999999999999.99"))
                .containsEntry("R0074", new BigDecimal("1000.00"))
                .containsEntry("R0075", new BigDecimal("2000.00"));
        assertThat(Stream.of("R0020", "R0021", "R0022", "R0023", "R0024").map(hours::get))
                .containsExactly(7, 7, 7, 0, 23);
        assertThat(Stream.of("R0025", "R0026", "R0027", "R0028", "R0029", "R0030", "R0031")
                        .map(hours::get))
                .containsOnlyNulls();
    }

    @Test
    void knowsThePlacesThatTheNotesTell() {
        assertThat(lake.read(SilverTables.PURCHASES)
                        .where(col("receipt_no").isin("R0002", "R0003", "R0004", "R0005"))
                        .select("receipt_no", "age_group", "province_city", "city_county")
                        .collectAsList())
                .extracting(row -> row.mkString("|"))
                .containsExactlyInAnyOrder(
                        "R0002|60세이상|경기도|성남시 수정구·성남시 중원구",
                        "R0003|19세이하|null|null",
                        "R0004|45세~49세|null|null",
                        "R0005|25세~29세|세종특별자치시|null");
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(name -> col(name)).toArray(Column[]::new);
    }
}
