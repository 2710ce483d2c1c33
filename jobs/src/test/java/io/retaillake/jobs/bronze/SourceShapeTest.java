package io.retaillake.jobs.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Sources that are not quite, or not at all, what the contract says. */
class SourceShapeTest extends PurchaseExtraction {

    @Test
    void readsAPartitionedTableOverOneConnectionAndSaysWhy() throws Exception {
        source.execute("ALTER TABLE {s}.purchase RENAME TO purchase_part");
        source.execute("CREATE TABLE {s}.purchase (LIKE {s}.purchase_part) PARTITION BY LIST (affiliate)");
        source.execute("ALTER TABLE {s}.purchase ATTACH PARTITION {s}.purchase_part DEFAULT");
        source.execute("GRANT SELECT ON {s}.purchase TO " + source.reader());
        source.addPurchases(1, 500);

        extract("r1");

        assertThat(bronze().count()).isEqualTo(500);
        assertThat(seal().facts().get("one_connection_because")).contains("partitioned table");
        assertThat(seal().facts()).containsEntry("key-enforced", "false");
    }

    @Test
    void readsAViewOverOneConnection() throws Exception {
        source.execute("ALTER TABLE {s}.purchase RENAME TO purchase_table");
        source.execute("CREATE VIEW {s}.purchase AS SELECT * FROM {s}.purchase_table");
        source.execute("GRANT SELECT ON {s}.purchase TO " + source.reader());
        source.execute("INSERT INTO {s}.purchase SELECT 'A', 'R' || i, 'D', 'M', 'S', NULL, NULL, '20150101', '1', 1 "
                + "FROM generate_series(1, 50) i");

        extract("r1");

        assertThat(bronze().count()).isEqualTo(50);
    }

    @Test
    void namesEveryDifferenceFromTheContractBeforeAnythingMoves() throws Exception {
        source.execute("ALTER TABLE {s}.purchase ALTER COLUMN amount TYPE numeric(15, 2)");
        source.execute("ALTER TABLE {s}.purchase RENAME COLUMN store_cd TO shop");
        source.execute("ALTER TABLE {s}.purchase ADD COLUMN coupon text");

        FailedJobException failure = fail("r1");

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContaining("purchase.store_cd: the column is missing")
                .hasMessageContaining("was it renamed to coupon or shop?")
                .hasMessageContaining(
                        "purchase.amount: the contract has double precision, the source has numeric(15,2)")
                .hasMessageMatching("(?s).*! store_cd +character varying\\(10\\) +-\n.*")
                .hasMessageMatching("(?s).*\\+ coupon +- +text\n.*");
        assertThat(published()).isEmpty();
    }

    @Test
    void printsTheViewsThatMakeASourceOfOtherTypesExtractable() throws Exception {
        source.execute("ALTER TABLE {s}.purchase ALTER COLUMN amount TYPE numeric(15, 2),"
                + " ALTER COLUMN purchase_date TYPE date USING NULL, ALTER COLUMN purchase_time TYPE time USING NULL,"
                + " ALTER COLUMN store_cd TYPE integer USING NULL");
        source.execute("ALTER TABLE {s}.customer ALTER COLUMN residence TYPE char(10)");
        source.execute("INSERT INTO {s}.purchase VALUES"
                + " ('A', 'R1', 'D', 'M', 'S', NULL, 17, '2015-02-03', '07:30', 1234567890123.45),"
                + " ('A', 'R2', 'D', 'M', 'S', NULL, NULL, NULL, NULL, NULL)");
        source.execute("INSERT INTO {s}.customer VALUES ('C1', 'M', '20', '100')");

        FailedJobException failure = fail("r1");

        assertThat(failure.exitCode()).isEqualTo(3);
        String views = failure.getMessage()
                .lines()
                .map(String::strip)
                .filter(line -> line.endsWith(";"))
                .collect(Collectors.joining("\n"));
        assertThat(failure).hasMessageContaining("--source-schema '" + source.schema() + "_lakehouse'");

        source.execute(views);
        String[] options = source.options(lakeFolder, "r2");
        Arrays.asList(options).replaceAll(word -> word.equals(source.schema()) ? word + "_lakehouse" : word);
        JobMain.run(new ExtractPurchases(), options);

        assertThat(bronze().orderBy("receipt_no").collectAsList())
                .extracting(
                        row -> row.getAs("store_cd"),
                        row -> row.getAs("purchase_date"),
                        row -> row.getAs("purchase_time"),
                        row -> row.getAs("amount"))
                .containsExactly(tuple("17", "20150203", "7", 1234567890123.45), tuple(null, null, null, null));
        JobMain.run(new ExtractDimensions(), options);
    }

    @Test
    void extractsAndReportsWhatWasAddedOrWidened() throws Exception {
        source.addPurchases(1, 100);
        source.execute("ALTER TABLE {s}.purchase ADD COLUMN coupon text");
        source.execute("ALTER TABLE {s}.purchase ALTER COLUMN store_cd TYPE varchar(40)");
        source.execute("UPDATE {s}.purchase SET store_cd = repeat('T', 40)");

        extract("r1");

        assertThat(bronze().where("length(store_cd) = 40").count()).isEqualTo(100);
        assertThat(seal().facts().get("source_notices").lines())
                .containsExactly(
                        "purchase.store_cd: the contract has character varying(10), the source has character varying(40);"
                                + " it is extracted as it is",
                        "purchase.coupon: the contract has no such column, the source has text; it is not extracted");
    }

    @Test
    void reportsThatPoliciesHideRowsFromItsUser() throws Exception {
        source.addPurchases(1, 100);
        source.execute("ALTER TABLE {s}.purchase ENABLE ROW LEVEL SECURITY");
        source.execute("CREATE POLICY with_store ON {s}.purchase USING (store_cd IS NOT NULL)");

        extract("r1");

        assertThat(seal().facts().get("source_notices")).startsWith("purchase: row-level security is on for this user");
    }

    @Test
    void hasNothingToReportOfTheSourceThatTheContractsAreAbout() throws Exception {
        extract("r1");

        assertThat(seal().facts()).doesNotContainKey("source_notices");
    }

    @Test
    void saysThatATableIsMissing() throws Exception {
        source.execute("DROP TABLE {s}.purchase");

        assertThat(fail("r1")).hasMessageContaining("purchase: there is no such table");
    }
}
