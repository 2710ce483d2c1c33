package io.retaillake.jobs.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.purchases.PurchasePart;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.Frames;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Marts of months that several tasks read are those that Spark makes of the rows, and those of months that one task reads. */
class DividedMonthsTest {

    private static final List<TableContract> MARTS =
            List.of(GoldTables.SALES_BY_DATETIME, GoldTables.SALES_BY_CUSTOMER, GoldTables.SALES_BY_AGE_PRODUCT);

    private static final int FILES = 4;

    @TempDir
    private static Path folder;

    private static Lake lake;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private Table table;

    @BeforeAll
    static void openLake() {
        lake = LocalLakes.open(folder);
    }

    @BeforeEach
    void emptyTable() {
        table = lake.findOrCreate(SilverTables.PURCHASES);
        table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
        table.updateProperties()
                .set("write.parquet.row-group-size-bytes", "8000")
                .set("write.parquet.page-row-limit", "100")
                .commit();
    }

    @AfterEach
    void resetProperties() {
        table.updateProperties()
                .remove("write.parquet.row-group-size-bytes")
                .remove("write.parquet.page-row-limit")
                .remove("write.metadata.metrics.default")
                .commit();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ascending", "in any order", "without statistics"})
    void areWhatSparkMakes(String receipts) throws NoSuchTableException {
        if (receipts.equals("without statistics")) {
            table.updateProperties()
                    .set("write.metadata.metrics.default", "none")
                    .commit();
        }
        List<Cells> lines = lines(1500);
        if (!receipts.equals("ascending")) {
            Collections.shuffle(lines, random);
        }
        append(lines);

        assertSameMarts(random.nextInt(20, 250));
    }

    @Test
    void areTheSameOfFilesFromBeforeAColumnWasAdded() throws NoSuchTableException {
        table.updateSchema().deleteColumn("province_city").commit();
        append(lines(300), "province_city");
        table.updateSchema().addColumn("province_city", Types.StringType.get()).commit();
        append(lines(300));

        assertSameMarts(100);
    }

    private void assertSameMarts(int rowsOfAPart) {
        table.refresh();
        List<PurchasePart> parts = SilverColumns.parts(table, rowsOfAPart).orElseThrow();
        assertThat(parts).as("seed %d", seed).anyMatch(part -> !part.isWhole());
        Purchases divided = SilverColumns.of(lake, parts);
        Purchases whole = SilverColumns.of(lake);
        Purchases rows = new PurchaseRows(
                lake.read(SilverTables.PURCHASES, table.currentSnapshot().snapshotId()));
        System.out.println("seed " + seed + ", parts of " + rowsOfAPart);
        TableContract mart = MARTS.get(random.nextInt(MARTS.size()));
        Dataset<Row> expected = SilverColumns.sales(lake, mart, rows);
        Frames.assertSameRows(expected, SilverColumns.sales(lake, mart, divided));
        Frames.assertSameRows(expected, SilverColumns.sales(lake, mart, whole));
        assertThat(overview(divided))
                .as("seed %d", seed)
                .isEqualTo(overview(rows))
                .isEqualTo(overview(whole));
    }

    private static List<Row> overview(Purchases purchases) {
        return OverviewRows.of(purchases.overviewFigures(Map.of()), Map.of());
    }

    /** In some files, each with another's receipts at its ends. */
    private void append(List<Cells> lines, String... withoutColumns) throws NoSuchTableException {
        for (int file = 0; file < FILES; file++) {
            Cells.frame(
                            lake.spark(),
                            SilverTables.PURCHASES,
                            1,
                            lines.subList(lines.size() * file / FILES, lines.size() * (file + 1) / FILES))
                    .drop(withoutColumns)
                    .writeTo(lake.identifier(SilverTables.PURCHASES))
                    .append();
        }
    }

    /** Lines of two affiliates and two months by the receipts' numbers; some receipts are in several groups or in both months. */
    private List<Cells> lines(int count) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(line -> {
                    int receipt = line / 3;
                    boolean isFirstMonth = line < count / 2 || random.nextInt(30) == 0;
                    Integer hour = random.nextInt(9) == 0 ? null : (receipt + random.nextInt(30) / 29) % 24;
                    int customer = (receipt * 7 + random.nextInt(30) / 29) % 60;
                    boolean isKnown = customer % 5 != 0;
                    return SilverRows.line(
                                    receipt % 4 == 0 ? "나" : "A",
                                    "R%05d".formatted(receipt),
                                    isFirstMonth ? "2015-01-%02d".formatted(1 + receipt % 31) : "2015-02-03",
                                    hour,
                                    new BigDecimal(random.nextInt(-3000, 9000))
                                            .movePointLeft(2)
                                            .toPlainString())
                            .with("customer_id", isKnown ? "C" + customer : null)
                            .with("province_city", customer % 3 == 0 ? null : "도" + customer % 4)
                            .with("age_group", isKnown ? customer % 6 + "세" : null)
                            .with("sub_category_cd", "P" + random.nextInt(40));
                })
                .toList());
    }
}
