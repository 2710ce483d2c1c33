package io.retaillake.common.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.Contracts;
import io.retaillake.common.contract.OpsTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.types.DataTypes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {

    @TempDir
    private Path folder;

    @Test
    void seesWhatAnotherHasWrittenSinceItWasOpenedAndWritesAfterIt() {
        LocalLakes.open(folder).findOrCreate(OpsTables.JOB_RUNS);
        Lake one = LocalLakes.open(folder);
        Lake other = LocalLakes.open(folder);
        Table asSeenBefore = other.find(OpsTables.JOB_RUNS).orElseThrow();

        one.find(OpsTables.JOB_RUNS)
                .orElseThrow()
                .updateProperties()
                .set("one", "1")
                .commit();

        assertThat(other.find(OpsTables.JOB_RUNS).orElseThrow().properties()).containsEntry("one", "1");
        asSeenBefore.updateProperties().set("other", "2").commit();
        assertThat(one.find(OpsTables.JOB_RUNS).orElseThrow().properties())
                .containsEntry("one", "1")
                .containsEntry("other", "2");
    }

    @Test
    void keepsItsTablesInsideAFolderWhoseNameHasSpacesAndKoreanLetters() {
        Path lake = folder.resolve("매출 호수 100%");

        LocalLakes.open(lake).findOrCreate(OpsTables.JOB_RUNS);

        assertThat(lake.resolve(OpsTables.JOB_RUNS.folder()).resolve("metadata"))
                .isNotEmptyDirectory();
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(lake));
    }

    @Test
    void doesNotMakeACatalogOfAnotherProgramsDatabase() throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"));
                Statement statement = database.createStatement()) {
            statement.execute("CREATE TABLE bookmarks (url TEXT)");

            assertThatThrownBy(() -> LocalLakes.open(folder))
                    .isInstanceOfSatisfying(
                            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.OUTSIDE_SYSTEM))
                    .hasMessageContainingAll(
                            "catalog.db is an SQLite database of something else", "bookmarks", "--restore");
            try (ResultSet tables = statement.executeQuery("SELECT count(*) FROM sqlite_master")) {
                assertThat(tables.getInt(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void writesNoTableThatAnotherToolPartitionsOtherwiseUntilItIsChangedBack() {
        Lake lake = LocalLakes.open(folder);
        Table table = lake.findOrCreate(BronzeTables.PURCHASE);
        table.updateSpec()
                .removeField("source_month")
                .addField(Expressions.bucket("customer_id", 8))
                .commit();

        assertThat(lake.find(BronzeTables.PURCHASE)).isPresent();
        assertThatThrownBy(() -> lake.findOrCreate(BronzeTables.PURCHASE))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS))
                .hasMessageContainingAll(
                        "partitioned by bucket[8](customer_id); this version writes it partitioned by source_month",
                        "ALTER TABLE");

        String name = lake.identifier(BronzeTables.PURCHASE);
        lake.spark().sql("ALTER TABLE " + name + " DROP PARTITION FIELD bucket(8, customer_id)");
        lake.spark().sql("ALTER TABLE " + name + " ADD PARTITION FIELD source_month");
        assertThat(lake.findOrCreate(BronzeTables.PURCHASE).spec().isPartitioned())
                .isTrue();
    }

    @Test
    void readsAnOlderTableAndNamesTheCommandBeforeAnythingIsWritten() {
        Lake lake = LocalLakes.open(folder);
        lake.findOrCreate(Contracts.without(BronzeTables.PURCHASE, "store_cd"));

        assertThat(lake.find(BronzeTables.PURCHASE)).isPresent();
        lake.requireColumns(BronzeTables.PURCHASE, List.of("customer_id"));
        assertRefused(
                () -> lake.requireColumns(BronzeTables.PURCHASE, List.of("customer_id", "store_cd")),
                "bronze.purchase does not have the columns store_cd",
                "Migrate");
        assertRefused(
                () -> lake.findOrCreate(BronzeTables.PURCHASE),
                "bronze.purchase in the lake " + lake.settings().root() + " is not yet what this version writes",
                "- add column store_cd string",
                "bin/submit Migrate");
        assertRefused(
                () -> Publication.run(
                        lake,
                        new Run("r1", "ExtractPurchases", new TreeMap<>()),
                        List.of(BronzeTables.PURCHASE),
                        publication -> fail("Work was done for a table that can't be written")),
                "bin/submit Migrate");
    }

    @Test
    void refusesToWriteAnythingWhereItsRecordIsOlder() {
        Lake lake = LocalLakes.open(folder);
        lake.findOrCreate(Contracts.without(OpsTables.JOB_RUNS, "error"));

        assertRefused(
                () -> Publication.run(
                        lake,
                        new Run("r1", "ExtractPurchases", new TreeMap<>()),
                        List.of(BronzeTables.PURCHASE),
                        publication -> fail("Work was done that can't be recorded")),
                "ops.job_runs",
                "add column error string",
                "bin/submit Migrate");
    }

    @Test
    void saysThatATableIsNewerAndWritesNoRowsWithoutItsColumns() {
        Lake lake = LocalLakes.open(folder);
        lake.findOrCreate(Contracts.with(
                BronzeTables.PURCHASE, Column.optional("coupon", DataTypes.StringType, "Coupon.", "쿠폰")));

        assertThat(lake.find(BronzeTables.PURCHASE)).isPresent();
        assertRefused(
                () -> lake.findOrCreate(BronzeTables.PURCHASE),
                "has columns that this version does not know: coupon string",
                "Use the newer job jar");
    }

    @Test
    void readsNoTableWhoseValuesAreNoneOfTheContracts() {
        Lake lake = LocalLakes.open(folder);
        lake.findOrCreate(Contracts.changed(
                BronzeTables.PURCHASE,
                "amount",
                column -> Column.optional("amount", DataTypes.StringType, "Amount.", "금액")));

        assertRefused(
                () -> lake.find(BronzeTables.PURCHASE),
                "has columns whose values this version can't read: amount string; the contract's are amount double");
    }

    @Test
    void readsASnapshotUnderTheColumnsThatTheTableHasToday() throws Exception {
        Lake lake = LocalLakes.open(folder);
        TableContract older = Contracts.changed(
                Contracts.without(SilverTables.REGIONS, "city_county"),
                "province_city_eng",
                column -> Column.optional("english", DataTypes.StringType, "English.", "영문"));
        Table table = lake.findOrCreate(older);
        lake.spark().sql("INSERT INTO " + lake.identifier(older) + " VALUES ('063', '서울', 'Seoul', NULL)");
        table.refresh();
        table.updateSchema()
                .addColumn("city_county", Types.StringType.get())
                .renameColumn("english", "province_city_eng")
                .moveAfter("city_county", "short_zipcode")
                .commit();
        long snapshotId = table.currentSnapshot().snapshotId();

        lake.spark().sql("INSERT INTO " + lake.identifier(older) + " VALUES ('100', '강남구', '서울', 'Seoul', NULL)");
        table.refresh();
        assertThat(lake.read(SilverTables.REGIONS, snapshotId).toJSON().collectAsList())
                .containsExactly(
                        "{\"short_zipcode\":\"063\",\"province_city\":\"서울\",\"province_city_eng\":\"Seoul\"}");
        assertThat(lake.read(SilverTables.REGIONS, snapshotId).columns())
                .containsExactly(
                        "short_zipcode", "city_county", "province_city", "province_city_eng", "city_county_eng");
        assertThat(SmallTable.rows(table, snapshotId))
                .singleElement()
                .satisfies(row -> assertThat(row.getField("province_city_eng")).isEqualTo("Seoul"));
    }

    private static void assertRefused(ThrowingCallable action, String... message) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS))
                .hasMessageContainingAll(message);
    }
}
