package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.GoldTables.AFFILIATE_OVERVIEW;
import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static io.retaillake.jobs.gold.SilverRows.line;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.Frames;
import io.retaillake.jobs.TestLake;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The overview counts different receipts and customers exactly, however little of silver it reads. */
class OverviewOfSilverTest {

    private static final String[] MARCH = {"--from", "2015-03", "--to", "2015-03"};
    private static final List<Check> PASSED = List.of(Check.equal("rows", 1, 1));
    private static final String LONG_NUMBER = "영수증-2015-제0000000000001";
    private static final String BY_SPARK = """
            SELECT affiliate, trunc(purchase_date, 'month') month, count(DISTINCT customer_id) count_of_customer,
                   count(1) count_of_purchase, count(DISTINCT receipt_no) count_of_receipt,
                   cast(sum(amount) AS decimal(18,2)) total_purchase_amount
              FROM %1$s GROUP BY 1, 2
            UNION ALL
            SELECT affiliate, null, count(DISTINCT customer_id), count(1), count(DISTINCT receipt_no),
                   cast(sum(amount) AS decimal(18,2))
              FROM %1$s GROUP BY 1
            """;

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncate(16)", "none", "counts"})
    void countsReceiptsOfSeveralMonthsOnceWhateverStatisticsFilesHave(String statistics) throws FailedJobException {
        Table purchases = lake.lake().findOrCreate(PURCHASES);
        purchases
                .updateProperties()
                .set("write.metadata.metrics.default", statistics)
                .commit();
        List<Cells> lines = List.of(
                // Apart: no receipt is in two months.
                line("apart", "100", "2015-01-03", 10, "1.00"),
                line("apart", "199", "2015-01-04", 10, "1.00"),
                line("apart", "200", "2015-02-03", 10, "1.00"),
                // Months overlap, and share one of two receipts that they could share.
                line("overlap", "100", "2015-01-03", 10, "1.00"),
                line("overlap", "150", "2015-01-03", 10, "1.00"),
                line("overlap", "160", "2015-01-31", 23, "1.00"),
                line("overlap", "150", "2015-02-01", 0, "1.00"),
                line("overlap", "155", "2015-02-01", 0, "1.00"),
                line("overlap", "300", "2015-02-01", 0, "1.00"),
                // February is inside of January.
                line("inside", "100", "2015-01-03", 10, "1.00"),
                line("inside", "150", "2015-01-03", 10, "1.00"),
                line("inside", "900", "2015-01-03", 10, "1.00"),
                line("inside", "150", "2015-02-03", 10, "1.00"),
                line("inside", "151", "2015-02-03", 10, "1.00"),
                // One in three months, and in one of them twice.
                line("thrice", "5", "2014-12-31", 10, "1.00"),
                line("thrice", "5", "2015-01-03", 10, "1.00"),
                line("thrice", "5", "2015-01-03", 11, "1.00"),
                line("thrice", "5", "2015-02-03", 10, "1.00"),
                line("thrice", "6", "2015-02-03", 10, "1.00"),
                // Statistics know only sixteen characters.
                line("길다", LONG_NUMBER, "2015-01-03", 10, "1.00"),
                line("길다", LONG_NUMBER + "1", "2015-02-03", 10, "1.00"),
                line("길다", LONG_NUMBER + "2", "2015-02-03", 10, "1.00"),
                line("길다", LONG_NUMBER + "1", "2015-03-03", 10, "1.00"));
        SilverRows.replace(lake, "s1", lines, "true");

        lake.run(new AffiliateOverview(), "r1");

        assertSameAsSpark();
        assertThat(lake.read(AFFILIATE_OVERVIEW)
                        .where("month IS NULL")
                        .orderBy("affiliate")
                        .select("affiliate", "count_of_receipt")
                        .collectAsList())
                .extracting(row -> row.mkString(" "))
                .containsExactly("apart 3", "inside 4", "overlap 5", "thrice 2", "길다 3");
    }

    @Test
    void makesTheSameOfAMonthAsOfEverything() throws FailedJobException {
        Random random = new Random(20150301);
        SilverRows.replace(lake, "s1", randomLines(random, 1, 2, 3, 4), "true");
        lake.run(new AffiliateOverview(), "r1");

        SilverRows.replace(lake, "s2", randomLines(random, 3), "purchase_month = 3");
        assertMonthIsAsEverything("r2");

        // Outside of the window, January changes, February vanishes, and May comes.
        SilverRows.replace(lake, "s3", randomLines(random, 1, 3, 5), "purchase_month IN (1, 2, 3, 5)");
        assertMonthIsAsEverything("r3");
    }

    private void assertMonthIsAsEverything(String runId) throws FailedJobException {
        lake.run(new AffiliateOverview(), runId, MARCH);
        List<Row> ofMonth = lake.read(AFFILIATE_OVERVIEW).collectAsList();
        assertSameAsSpark();

        lake.run(new AffiliateOverview(), runId + "-all");
        Frames.assertSameRows(
                lake.read(AFFILIATE_OVERVIEW), lake.spark().createDataFrame(ofMonth, AFFILIATE_OVERVIEW.schema()));
    }

    @Test
    void keepsReceiptsOfMonthsWhoseFilesAreTheSameUnlessEverythingIsMade() throws FailedJobException {
        publishThreeMonthsAndAFalseOverview();

        lake.run(new AffiliateOverview(), "r2", MARCH);
        assertThat(receipts()).containsExactly("null 1555", "2015-01-01 777", "2015-02-01 777", "2015-03-01 1");

        SilverRows.replace(lake, "s2", List.of(line("A", "R2", "2015-02-01", 10, "3.00")), "purchase_month = 2");
        lake.run(new AffiliateOverview(), "r3", MARCH);
        assertThat(receipts()).containsExactly("null 779", "2015-01-01 777", "2015-02-01 1", "2015-03-01 1");

        lake.run(new AffiliateOverview(), "r4");
        assertThat(receipts()).containsExactly("null 3", "2015-01-01 1", "2015-02-01 1", "2015-03-01 1");
    }

    @Test
    void makesEveryMonthWhereTheSilverThatItWasMadeFromHasExpired() throws FailedJobException {
        publishThreeMonthsAndAFalseOverview();
        long madeFrom = lake.snapshotId(PURCHASES);
        SilverRows.replace(lake, "s2", List.of(line("A", "R3", "2015-03-02", 10, "4.00")), "purchase_month = 3");
        Table purchases = lake.lake().find(PURCHASES).orElseThrow();
        purchases.manageSnapshots().removeTag("run-s1").commit();
        purchases.expireSnapshots().expireSnapshotId(madeFrom).commit();

        lake.run(new AffiliateOverview(), "r2", MARCH);

        assertThat(receipts()).containsExactly("null 3", "2015-01-01 1", "2015-02-01 1", "2015-03-01 1");
        assertSameAsSpark();
    }

    /** Three months of one receipt each, and an overview of them that says 777 of each month. */
    private void publishThreeMonthsAndAFalseOverview() throws FailedJobException {
        SilverRows.replace(
                lake,
                "s1",
                List.of(
                        line("A", "R1", "2015-01-03", 10, "1.00"),
                        line("A", "R2", "2015-02-03", 10, "1.00"),
                        line("A", "R3", "2015-03-03", 10, "1.00")),
                "true");
        lake.run(new AffiliateOverview(), "r1");
        Run run = new Run("false", "AffiliateOverview", new TreeMap<>());
        Publication.run(lake.lake(), run, List.of(AFFILIATE_OVERVIEW), publication -> {
            publication.input(PURCHASES, "BuildPurchases");
            publication.write(
                    AFFILIATE_OVERVIEW,
                    lake.read(AFFILIATE_OVERVIEW).withColumn("count_of_receipt", lit(777L)),
                    OverwriteFilter.everything());
            publication.publish(PASSED, List.of());
        });
    }

    private List<String> receipts() {
        return lake
                .read(AFFILIATE_OVERVIEW)
                .orderBy("month")
                .select("month", "count_of_receipt")
                .collectAsList()
                .stream()
                .map(row -> row.mkString(" "))
                .toList();
    }

    private void assertSameAsSpark() {
        String silver = lake.lake().identifier(PURCHASES);
        Dataset<Row> expected = lake.spark().sql(BY_SPARK.formatted(silver));
        Frames.assertSameRows(
                expected, lake.read(AFFILIATE_OVERVIEW).select(Measures.columns(List.of(expected.columns()))));
    }

    /** Lines of two affiliates, twenty customers and, in all months together, sixty receipts. */
    private static List<Cells> randomLines(Random random, int... months) {
        return IntStream.of(months)
                .boxed()
                .flatMap(month -> random.ints(40, 0, 1000)
                        .mapToObj(number -> line(
                                        number % 2 == 0 ? "A" : "B",
                                        "R" + (month * 10 + number % 30),
                                        "2015-0" + month + "-03",
                                        10,
                                        number + ".50")
                                .with("customer_id", number % 7 == 0 ? null : "C" + number % 20)))
                .toList();
    }
}
