package io.retaillake.generator;

import static io.retaillake.generator.TestDatabase.number;
import static io.retaillake.generator.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.source.SourceException;
import io.retaillake.source.SourceSchema;
import io.retaillake.source.SourceTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SourceLoaderTest {

    private static final GeneratorOptions CLEAN = new GeneratorOptions(7, 0.002, 0);
    private static final GeneratorOptions DIRTY = new GeneratorOptions(7, 0.002, 0.05);

    @BeforeAll
    static void fillSchemas() throws SQLException {
        TestDatabase.fill("clean", CLEAN, 2);
        TestDatabase.fill("dirty", DIRTY, 1);
    }

    @Test
    void fillsEveryTableWithTheExactNumberOfRows() throws SQLException {
        assertThat(number("SELECT count(*) FROM clean.customer")).isEqualTo(19_383);
        assertThat(number("SELECT count(*) FROM clean.products_info")).isEqualTo(4_386);
        assertThat(number("SELECT count(*) FROM clean.zipcode")).isEqualTo(473);
        assertThat(number("SELECT count(*) FROM clean.purchase")).isEqualTo(57_186);
        assertThat(number("SELECT count(*) FROM dirty.purchase")).isEqualTo(57_186 + 2_859);
    }

    @Test
    void makesTheSameRowsWhateverTheNumberOfConnections() throws SQLException {
        TestDatabase.fill("parallel", DIRTY, 3);

        for (SourceTable table : SourceTable.values()) {
            String hash = "SELECT sum(hashtextextended(t::text, 0)::numeric) FROM %s." + table.tableName() + " t";
            assertThat(text(String.format(hash, "parallel"))).isEqualTo(text(String.format(hash, "dirty")));
        }
    }

    @Test
    void makesOtherRowsForAnotherSeed() throws SQLException {
        TestDatabase.fill("reseeded", new GeneratorOptions(8, 0.002, 0), 2);

        assertThat(number("SELECT count(*) FROM (TABLE reseeded.purchase INTERSECT TABLE clean.purchase) same"))
                .isLessThan(57);
    }

    @Test
    void addsThePrimaryKeysAndTheForeignKey() throws SQLException {
        assertThat(text("SELECT string_agg(conname || ' ' || convalidated, ', ' ORDER BY conname) FROM pg_constraint"
                        + " WHERE connamespace = 'dirty'::regnamespace AND contype IN ('p', 'f')"))
                .isEqualTo("customer_pkey true, products_info_pkey true, purchase_customer_id_fkey true,"
                        + " purchase_pkey true");
    }

    @Test
    void refusesTablesThatHoldRowsAndSaysWhatToDo() {
        assertThatThrownBy(() -> TestDatabase.fill("clean", CLEAN, 1))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("schema 'clean'")
                .hasMessageContaining("customer, products_info, zipcode, purchase")
                .hasMessageContaining("drop this one");
    }

    @Test
    void refusesASchemaWithoutTheTables() {
        assertThatThrownBy(
                        () -> SourceLoader.load(TestDatabase.SERVER::connect, "nowhere", CLEAN, 1, TestDatabase.SILENT))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("schema 'nowhere'");
    }

    @Test
    void fillsTablesThatAlreadyHaveTheirKeys() throws SQLException {
        try (var connection = TestDatabase.SERVER.connect()) {
            SourceSchema.create(connection, "keyed");
        }

        TestDatabase.fill("keyed", new GeneratorOptions(1, 0.0001, 0), 2);

        assertThat(number("SELECT count(*) FROM keyed.purchase")).isEqualTo(2859);
    }

    @Test
    void leavesNoRowsBehindWhenTheLoadFails() throws SQLException {
        try (var connection = TestDatabase.SERVER.connect()) {
            SourceSchema.createTables(connection, "failing");
        }
        TestDatabase.execute("ALTER TABLE failing.purchase ADD CHECK (purchase_date < '20151101')");

        assertThatThrownBy(
                        () -> SourceLoader.load(TestDatabase.SERVER::connect, "failing", CLEAN, 2, TestDatabase.SILENT))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("purchase_purchase_date_check");

        for (SourceTable table : SourceTable.values()) {
            assertThat(number("SELECT count(*) FROM failing." + table.tableName()))
                    .isZero();
        }
    }

    @Test
    void reportsRowsDoneOfRowsExpectedAndEachStep() throws SQLException {
        try (var connection = TestDatabase.SERVER.connect()) {
            SourceSchema.createTables(connection, "reported");
        }
        List<String> reports = new ArrayList<>();

        SourceLoader.load(
                TestDatabase.SERVER::connect, "reported", new GeneratorOptions(1, 0.0001, 0.1), 2, new LoadProgress() {
                    @Override
                    public void step(String name) {
                        reports.add(name);
                    }

                    @Override
                    public void rows(long rowsDone, long rowsExpected) {
                        reports.add(rowsDone + " of " + rowsExpected);
                    }
                });

        assertThat(reports)
                .containsSubsequence("copying", "3145 of 3145", "adding purchase_pkey", "gathering statistics");
    }
}
