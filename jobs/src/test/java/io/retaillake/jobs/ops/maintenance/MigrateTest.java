package io.retaillake.jobs.ops.maintenance;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static io.retaillake.common.contract.Column.optional;
import static io.retaillake.common.contract.Column.required;
import static io.retaillake.common.contract.GoldTables.AFFILIATE_OVERVIEW;
import static io.retaillake.common.contract.GoldTables.SALES_BY_DATETIME;
import static io.retaillake.common.contract.GoldTables.SALES_BY_RESIDENCE;
import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.Contracts;
import io.retaillake.common.contract.PartitionField;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.DataFiles;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.purchases.PurchaseFilePart;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.sales.MartReader;
import io.retaillake.common.sales.Sales;
import io.retaillake.jobs.Printed;
import io.retaillake.jobs.StoredLake;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.gold.SalesByDatetime;
import io.retaillake.jobs.gold.SalesByResidence;
import io.retaillake.jobs.ops.check.CheckLake;
import io.retaillake.jobs.ops.preflight.Findings;
import io.retaillake.jobs.ops.preflight.LakeFindings;
import io.retaillake.jobs.silver.BuildPurchases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake of an older version, which today's contracts, or those of a version to come, are compared with. */
class MigrateTest {

    private static final String[] ONLY_FEBRUARY = {"--from", "2015-02", "--to", "2015-02"};

    @TempDir
    private Path temporary;

    private Path folder;
    private TestLake lake;

    @BeforeEach
    void unpackLake() throws Exception {
        folder = temporary.resolve("lake");
        lake = StoredLake.open(folder);
    }

    @Test
    void findsNothingToDoInALakeOfTodaysContracts() throws Exception {
        SortedMap<String, Long> before = files("");

        assertThat(migrate(new Migrate())).isEqualTo("Nothing to do: all 10 tables are what the contracts say.\n");
        assertThat(files("")).isEqualTo(before);
    }

    @Test
    void bringsAnOlderLakeUpToDateForAllJobs() throws Exception {
        long rows = lake.read(PURCHASES).count();
        List<String> sales = rows(SALES_BY_DATETIME);
        Table silver = lake.lake().find(PURCHASES).orElseThrow();
        long earlier = silver.currentSnapshot().snapshotId();
        silver.updateSchema()
                .deleteColumn("store_cd")
                .deleteColumn("city_county")
                .updateColumnDoc("amount", "Amount.")
                .commit();
        lake.lake()
                .find(PURCHASE)
                .orElseThrow()
                .updateProperties()
                .set("comment", "Purchases.")
                .commit();

        // What needs none of the columns works, and everything else names the command.
        lake.run(new SalesByDatetime(), "older");
        assertThat(rows(SALES_BY_DATETIME)).isEqualTo(sales);
        assertRefused(
                lake.fail(new SalesByResidence(), "older"),
                "silver.purchases does not have the columns city_county",
                "bin/submit Migrate");
        assertRefused(
                lake.fail(new BuildPurchases(), "older"),
                "silver.purchases in the lake",
                "- add column city_county string\n- add column store_cd string",
                "bin/submit Migrate");

        SortedMap<String, Long> before = files("");
        String announced = migrate(new Migrate(), "--dry-run");
        assertThat(announced)
                .contains(
                        "bronze.purchase: set property comment: One product category on one receipt",
                        "silver.purchases: add column city_county string\n",
                        "silver.purchases: add column store_cd string\n",
                        "silver.purchases: comment column amount: Amount in KRW;",
                        "silver.purchases: order the columns as affiliate, ",
                        "Nothing was changed; 2 of 11 tables would be.");
        assertThat(files("")).isEqualTo(before);

        SortedMap<String, Long> data = files("data/factdata/silver/purchases/data");
        assertThat(migrate(new Migrate()))
                .isEqualTo(announced.replace(
                        "Nothing was changed; 2 of 11 tables would be", "Done: 2 of 11 tables were changed"));
        assertThat(migrate(new Migrate())).isEqualTo("Nothing to do: all 11 tables are what the contracts say.\n");
        assertThat(files("data/factdata/silver/purchases/data")).isEqualTo(data);
        assertThat(lake.read(PURCHASES).columns())
                .containsExactly(PURCHASES.columnNames().toArray(String[]::new));

        lake.run(new BuildPurchases(), "february", ONLY_FEBRUARY);
        assertThat(lake.read(PURCHASES).count()).isEqualTo(rows);
        assertThat(lake.read(PURCHASES)
                        .where("purchase_month = 1 AND store_cd IS NOT NULL")
                        .count())
                .isZero();
        assertThat(lake.read(PURCHASES)
                        .where("purchase_month = 2 AND store_cd IS NOT NULL")
                        .count())
                .isPositive();
        assertThat(files("data/factdata/silver/purchases/data")).containsAllEntriesOf(data);
        assertThat(lake.spark()
                        .sql("SELECT * FROM " + lake.lake().identifier(PURCHASES) + " VERSION AS OF " + earlier
                                + " WHERE store_cd IS NOT NULL AND purchase_month = 1")
                        .count())
                .isPositive();

        lake.run(new SalesByDatetime(), "later");
        assertThat(rows(SALES_BY_DATETIME)).isEqualTo(sales);
        lake.run(new SalesByResidence(), "later");
        assertThat(lake.read(SALES_BY_RESIDENCE)
                        .where("month = '2015-01-01' AND city_county IS NOT NULL")
                        .count())
                .isZero();
        assertThat(lake.read(SALES_BY_RESIDENCE)
                        .where("month = '2015-02-01' AND city_county IS NOT NULL")
                        .count())
                .isPositive();
        lake.run(new CheckLake(), null);
    }

    @Test
    void makesATableThatAVersionToComeWritesAndFastReadersRead() throws Exception {
        TableContract wider = Contracts.with(
                Contracts.changed(
                        SALES_BY_DATETIME,
                        "purchase_hour",
                        column -> optional("purchase_hour", DataTypes.LongType, "Hour.", "시간")),
                optional("channel", DataTypes.StringType, "Channel.", "경로"));
        TableContract bronze = Contracts.with(PURCHASE, optional("coupon", DataTypes.StringType, "Coupon.", "쿠폰"));
        Sales before = total(SALES_BY_DATETIME);

        String done = migrate(new Migrate(List.of(bronze, wider)));

        assertThat(done)
                .contains(
                        "bronze.purchase: add column coupon string\n",
                        "gold.sales_by_datetime: widen column purchase_hour from int to long\n",
                        "gold.sales_by_datetime: add column channel string\n");
        lake.spark()
                .sql("INSERT INTO " + lake.lake().identifier(wider) + " VALUES ('A', DATE'2015-03-01', 7, 5000000000,"
                        + " 12.34, 3, 2, 'web')");
        Sales after = total(wider);
        assertThat(after.purchases()).isEqualTo(before.purchases() + 3);
        assertThat(after.amount().subtract(before.amount())).isEqualByComparingTo("12.34");
        Table purchases = lake.lake().find(PURCHASE).orElseThrow();
        assertThat(PurchaseFilePart.tasks(purchases, purchases.newScan(), 2))
                .hasValueSatisfying(tasks -> assertThat(tasks).isNotEmpty());
        assertThat(DataFiles.unreadable(lake.lake(), lake.lake().find(wider).orElseThrow()))
                .isEmpty();
        assertRefused(
                lake.fail(new SalesByDatetime(), "downgraded"),
                "gold.sales_by_datetime in the lake",
                "can't read: purchase_hour long; the contract's are purchase_hour int",
                "Use the newer job jar");
    }

    @Test
    void doesTheRestAfterItDiedBetweenTwoTables() throws Exception {
        TableContract bronze = Contracts.with(PURCHASE, optional("coupon", DataTypes.StringType, "Coupon.", "쿠폰"));
        TableContract silver = Contracts.with(PURCHASES, optional("coupon", DataTypes.StringType, "Coupon.", "쿠폰"));
        migrate(new Migrate(List.of(bronze)));

        assertThat(migrate(new Migrate(List.of(bronze, silver))))
                .isEqualTo("silver.purchases: add column coupon string\nDone: 1 of 2 tables were changed.\n");
    }

    @Test
    void changesNothingWhereSomethingIsImpossible() {
        SortedMap<String, Long> before = files("");
        TableContract possible = Contracts.with(PURCHASE, optional("coupon", DataTypes.StringType, "Coupon.", "쿠폰"));
        TableContract impossible = Contracts.with(
                Contracts.without(SALES_BY_DATETIME, "count_of_receipt"),
                required("channel", DataTypes.StringType, "Channel.", "경로"));
        TableContract narrower = Contracts.changed(
                AFFILIATE_OVERVIEW,
                "count_of_receipt",
                column -> required("count_of_receipt", DataTypes.IntegerType, "Receipts.", "영수증 수"));
        TableContract divided = new TableContract(
                SALES_BY_RESIDENCE.layer(),
                SALES_BY_RESIDENCE.name(),
                SALES_BY_RESIDENCE.folder(),
                SALES_BY_RESIDENCE.grain(),
                SALES_BY_RESIDENCE.koreanGrain(),
                SALES_BY_RESIDENCE.columns(),
                SALES_BY_RESIDENCE.key(),
                List.of(PartitionField.identity("affiliate")),
                SALES_BY_RESIDENCE.properties());

        assertRefused(
                lake.fail(new Migrate(List.of(possible, impossible, narrower, divided)), null),
                "Nothing was changed, because 4 differences",
                "- gold.sales_by_datetime: column channel string is required",
                "- gold.sales_by_datetime: column count_of_receipt long is not in the contract",
                "- gold.affiliate_overview: column count_of_receipt long can't become int",
                "- gold.sales_by_residence: the table is partitioned by month(month); this version writes it partitioned by"
                        + " affiliate");
        assertThat(files("")).isEqualTo(before);
    }

    @Test
    void isAskedForBeforeARunBegins() {
        lake.lake()
                .find(PURCHASES)
                .orElseThrow()
                .updateSchema()
                .deleteColumn("store_cd")
                .commit();

        assertThat(Printed.by(() -> LakeFindings.find(lake.lake().settings(), new Findings(System.out))))
                .contains(
                        "problem  catalog        silver.purchases in the lake",
                        "- add column store_cd string",
                        "Migrate");
    }

    @Test
    void leavesTablesAloneThatARunIsAtWorkOn() throws Exception {
        TableContract newer = Contracts.with(PURCHASE, optional("coupon", DataTypes.StringType, "Coupon.", "쿠폰"));
        Table table = lake.lake().find(PURCHASE).orElseThrow();
        table.manageSnapshots()
                .createBranch(Lake.branch("busy"), table.currentSnapshot().snapshotId())
                .commit();

        FailedJobException failure = lake.fail(new Migrate(List.of(newer)), null);
        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContainingAll("- busy on bronze.purchase", "--despite-runs");
        table.refresh();
        assertThat(table.schema().findField("coupon")).isNull();

        migrate(new Migrate(List.of(newer)), "--despite-runs");
        table.refresh();
        assertThat(table.schema().findField("coupon")).isNotNull();
        assertThat(table.refs()).containsKey("audit-busy");
    }

    @Test
    void knowsTheTablesOfAPrefixOnly() throws Exception {
        assertThat(migrate(new Migrate(), "--namespace-prefix", "other_"))
                .isEqualTo("Nothing to do: all 0 tables are what the contracts say.\n");
    }

    private Sales total(TableContract mart) throws IOException {
        Table table = lake.lake().find(mart).orElseThrow();
        return MartReader.read(
                        table,
                        table.currentSnapshot().snapshotId(),
                        Expressions.alwaysTrue(),
                        List.of("affiliate", "purchase_hour"),
                        MartReader.MEASURES,
                        new LongAdder())
                .total();
    }

    private List<String> rows(TableContract contract) {
        return lake.read(contract).toJSON().collectAsList().stream().sorted().toList();
    }

    private String migrate(Migrate job, String... options) {
        return Printed.by(() -> {
            try {
                lake.run(job, null, options);
            } catch (FailedJobException e) {
                throw new AssertionError(Arrays.toString(options) + ": " + e.getMessage(), e);
            }
        });
    }

    private static void assertRefused(FailedJobException failure, String... message) {
        assertThat(failure).hasMessageContainingAll(message);
        assertThat(failure.exitCode()).isEqualTo(2);
    }

    /** The lengths of all files of the tables below a folder, by name. */
    private SortedMap<String, Long> files(String below) {
        try (Stream<Path> files = Files.walk(folder.resolve(below))) {
            SortedMap<String, Long> lengths = new TreeMap<>();
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("catalog.db"))
                    .forEach(file -> lengths.put(
                            folder.relativize(file).toString(), file.toFile().length()));
            return lengths;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
