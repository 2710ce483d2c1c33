package io.retaillake.jobs.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.purchases.PurchaseFile;
import io.retaillake.common.purchases.PurchasePart;
import io.retaillake.common.purchases.PurchaseParts;
import io.retaillake.common.purchases.SharedReceipts;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are proved part by part; that finds what a comparison of all rows finds. */
class SharedReceiptKeysTest {

    private static final int ROWS = 3000;

    @TempDir
    private static Path folder;

    private static Lake lake;
    private static JavaSparkContext context;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private Table table;

    @BeforeAll
    static void openLake() {
        lake = LocalLakes.open(folder);
        context = JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
    }

    @BeforeEach
    void emptyTable() {
        table = lake.findOrCreate(SilverTables.PURCHASES);
        table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
    }

    @Test
    void findsNothingWhereEachKeyIsThereOnce() throws NoSuchTableException {
        append(rows("lpad(id div 3, 5, '0')"));

        for (int rowsOfAPart : new int[] {200, 1000, ROWS}) {
            assertThat(repeats(rowsOfAPart)).as("parts of %d", rowsOfAPart).isFalse();
        }
    }

    @Test
    void findsAKeyThatIsInTwoPartsWhateverTheOrderOfReceipts() throws NoSuchTableException {
        for (String receipt : List.of("lpad(id div 3, 5, '0')", "hex(xxhash64(id div 3))")) {
            emptyTable();
            append(rows(receipt));
            append(rows(receipt).where("id = " + random.nextInt(ROWS)));

            for (int rowsOfAPart : new int[] {random.nextInt(50, 500), 1000}) {
                assertThat(repeats(rowsOfAPart))
                        .as("seed %d, %s, parts of %d", seed, receipt, rowsOfAPart)
                        .isTrue();
            }
        }
    }

    @Test
    void addsUpAllParts() throws NoSuchTableException {
        append(rows("lpad(id div 3, 5, '0')"));

        assertThat(PartProof.of(context, table, parts(random.nextInt(50, 500))))
                .as("seed %d", seed)
                .isEqualTo(PartProof.of(context, table, parts(2 * ROWS)))
                .extracting(PartProof::figures)
                .isEqualTo(ControlTotals.ofPurchases(lake.read(
                        SilverTables.PURCHASES, table.currentSnapshot().snapshotId())));
    }

    /** Whether a key of several rows is found. */
    private boolean repeats(int rowsOfAPart) {
        List<PurchasePart> parts = parts(rowsOfAPart);
        return PartProof.of(context, table, parts).repeatedKeys() > 0
                || SharedReceiptKeys.mayRepeat(context, table, parts, SharedReceipts.ofParts(parts));
    }

    private List<PurchasePart> parts(int rowsOfAPart) {
        table.refresh();
        return PurchaseParts.of(
                        PurchaseFile.of(table, table.currentSnapshot().snapshotId())
                                .orElseThrow(),
                        month -> true,
                        rowsOfAPart)
                .orElseThrow();
    }

    private void append(Dataset<Row> rows) throws NoSuchTableException {
        rows.drop("id").writeTo(lake.identifier(SilverTables.PURCHASES)).append();
    }

    /** Of two affiliates in one month; three products are on a receipt. */
    private static Dataset<Row> rows(String receipt) {
        return lake.spark()
                .range(0, ROWS, 1, 3)
                .selectExpr(
                        "id",
                        "if(id div 3 % 3 = 0, 'A', 'B') AS affiliate",
                        receipt + " AS receipt_no",
                        "'1' AS division_cd",
                        "'10' AS main_category_cd",
                        "cast(id % 30 AS string) AS sub_category_cd",
                        "cast(null AS string) AS main_category_desc",
                        "cast(null AS string) AS sub_category_desc",
                        "cast(null AS string) AS customer_id",
                        "cast(null AS string) AS sex",
                        "cast(null AS string) AS age_group",
                        "cast(null AS string) AS residence",
                        "cast(null AS string) AS province_city",
                        "cast(null AS string) AS province_city_eng",
                        "cast(null AS string) AS city_county",
                        "cast(null AS string) AS city_county_eng",
                        "cast(null AS string) AS store_cd",
                        "date'2015-01-03' AS purchase_date",
                        "10 AS purchase_hour",
                        "2015 AS purchase_year",
                        "1 AS purchase_month",
                        "cast(id / 4 AS decimal(15,2)) AS amount");
    }
}
