package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static io.retaillake.jobs.gold.SilverRows.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.purchases.PurchaseFile;
import io.retaillake.common.purchases.ReceiptsInSeveralMonths;
import io.retaillake.jobs.TestLake;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receipts that are in several months, found in silver's files. */
class ReceiptsInSeveralMonthsTest {

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder);
    }

    @Test
    void findsReceiptsInSeveralMonths() {
        SilverRows.replace(
                lake,
                "s1",
                List.of(
                        line("A", "100", "2015-01-03", 10, "1.00"),
                        line("A", "200", "2015-01-04", 10, "1.00"),
                        line("A", "201", "2015-02-03", 10, "1.00"),
                        line("B", "100", "2015-02-03", 10, "1.00")),
                "true");
        assertThat(receiptsInSeveralMonths()).isEmpty();

        // Between January's, so that their numbers have to be read.
        SilverRows.replace(lake, "s2", List.of(line("A", "150", "2015-02-03", 10, "1.00")), "purchase_month = 2");
        assertThat(receiptsInSeveralMonths()).isEmpty();

        SilverRows.replace(
                lake,
                "s3",
                List.of(line("A", "150", "2015-02-03", 10, "1.00"), line("A", "200", "2015-02-03", 10, "1.00")),
                "purchase_month = 2");
        assertThat(receiptsInSeveralMonths()).containsExactly("A 200", "A 200");
    }

    @Test
    void readsFromStatisticsWhereReceiptsOfTwoMonthsOverlap() {
        SilverRows.replace(
                lake,
                "s1",
                List.of(
                        line("A", "100", "2015-01-03", 10, "1.00"),
                        line("A", "200", "2015-01-04", 10, "1.00"),
                        line("A", "150", "2015-02-03", 10, "1.00"),
                        line("A", "201", "2015-02-03", 10, "1.00"),
                        line("B", "150", "2015-02-03", 10, "1.00")),
                "true");

        assertThat(receiptsInSeveralMonths()).containsExactlyInAnyOrder("A 150", "A 200");
    }

    private Optional<Column> conditionOfReceiptsInSeveralMonths() {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
        return ReceiptsInSeveralMonths.condition(
                context, lake.lake().find(PURCHASES).orElseThrow(), files());
    }

    private List<String> receiptsInSeveralMonths() {
        return conditionOfReceiptsInSeveralMonths()
                .map(condition -> lake.read(PURCHASES).where(condition).collectAsList().stream()
                        .map(row -> row.getAs("affiliate") + " " + row.getAs("receipt_no"))
                        .toList())
                .orElse(List.of());
    }

    private List<PurchaseFile> files() {
        return PurchaseFile.of(lake.lake().find(PURCHASES).orElseThrow(), lake.snapshotId(PURCHASES))
                .orElseThrow();
    }
}
