package io.retaillake.jobs.silver;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static io.retaillake.common.contract.SilverTables.PURCHASE_REJECTS;
import static io.retaillake.jobs.silver.BronzeRows.CUSTOMER;
import static io.retaillake.jobs.silver.BronzeRows.PRODUCT;
import static io.retaillake.jobs.silver.BronzeRows.PURCHASE;
import static io.retaillake.jobs.silver.BronzeRows.ZIPCODE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.bronze.ImportPurchases;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no database would hold, but a file may: it lands where it must, and better files replace it. */
class BadFilesTest {

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void openLake() {
        lake = new TestLake(folder.resolve("lake"));
        lake.publishDimensions(
                "d1",
                Cells.frame(lake.spark(), BronzeTables.CUSTOMER, CUSTOMER),
                Cells.frame(lake.spark(), BronzeTables.PRODUCTS_INFO, PRODUCT),
                Cells.frame(lake.spark(), BronzeTables.ZIPCODE, ZIPCODE));
    }

    @Test
    void rejectsNullAndRepeatedKeysUntilTheFilesAreFixed() throws Exception {
        importAndBuild(
                "bad",
                line("null affiliate").with("affiliate", null),
                line("null receipt").with("receipt_no", null),
                line("null division").with("division_cd", null),
                line("null main category").with("main_category_cd", null),
                line("null sub category").with("sub_category_cd", null),
                line("equal rows"),
                line("equal rows"),
                line("equal rows"),
                line("other amount").with("amount", 2.0),
                line("other amount").with("amount", 1.0),
                line("zeros").with("amount", 0.0),
                line("zeros").with("amount", -0.0),
                line("null customer").with("customer_id", null).with("amount", 1.0),
                line("null customer").with("amount", 2.0),
                line("invalid twin").with("purchase_date", "20150229").with("amount", 1.0),
                line("invalid twin").with("amount", 2.0),
                line("two invalid twins").with("amount", Double.NaN),
                line("two invalid twins").with("amount", null),
                line("NUL \0 within"),
                line("\0"),
                line("not UTF-8"));

        assertThat(rows(PURCHASES, "amount"))
                .containsExactly(
                        "NUL \0 within 12900.00",
                        "equal rows 12900.00",
                        "invalid twin 2.00",
                        "null customer 2.00",
                        "other amount 1.00",
                        "zeros 0.00",
                        "\ufffdA\ufffd 12900.00");
        assertThat(rows(PURCHASE_REJECTS, "amount", "reasons"))
                .containsExactly(
                        "\0 12900.0 [KEY_MISSING]",
                        "equal rows 12900.0 [DUPLICATE_KEY]",
                        "equal rows 12900.0 [DUPLICATE_KEY]",
                        "invalid twin 1.0 [DATE_INVALID]",
                        "null 12900.0 [KEY_MISSING]",
                        "null affiliate 12900.0 [KEY_MISSING]",
                        "null customer 1.0 [DUPLICATE_KEY]",
                        "null division 12900.0 [KEY_MISSING]",
                        "null main category 12900.0 [KEY_MISSING]",
                        "null sub category 12900.0 [KEY_MISSING]",
                        "other amount 2.0 [DUPLICATE_KEY]",
                        "two invalid twins NaN [AMOUNT_NOT_FINITE]",
                        "two invalid twins null [AMOUNT_MISSING]",
                        "zeros 0.0 [DUPLICATE_KEY]");

        importAndBuild("fixed", line("null affiliate"), line("equal rows"), line("two invalid twins"));

        assertThat(rows(PURCHASES, "amount"))
                .containsExactly("equal rows 12900.00", "null affiliate 12900.00", "two invalid twins 12900.00");
        assertThat(rows(PURCHASE_REJECTS)).isEmpty();
    }

    private static Cells line(String receipt) {
        return PURCHASE.with("receipt_no", receipt);
    }

    private void importAndBuild(String runId, Cells... rows) throws Exception {
        String files = folder.resolve(runId).toString();
        Cells.frame(lake.spark(), BronzeTables.PURCHASE, rows)
                .withColumn(
                        "receipt_no",
                        when(col("receipt_no").equalTo("not UTF-8"), expr("cast(unhex('FF41FE') AS string)"))
                                .otherwise(col("receipt_no")))
                .drop("source_month")
                .write()
                .format("avro")
                .save(files);
        lake.run(new ImportPurchases(), runId, "--files", files);
        lake.run(new BuildPurchases(), runId);
    }

    /** The receipts of a table with some of its columns. */
    private List<String> rows(TableContract table, String... columns) {
        return lake.read(table).collectAsList().stream()
                .map(row -> Stream.concat(Stream.of("receipt_no"), Stream.of(columns))
                        .map(column -> column.equals("reasons")
                                ? row.getList(row.fieldIndex(column)).toString()
                                : Objects.toString(row.get(row.fieldIndex(column))))
                        .reduce((left, right) -> left + " " + right)
                        .orElseThrow())
                .sorted()
                .toList();
    }
}
