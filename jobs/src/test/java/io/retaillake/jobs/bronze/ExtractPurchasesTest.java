package io.retaillake.jobs.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ExtractPurchasesTest extends PurchaseExtraction {

    @Test
    void landsEveryRowWithItsMonth() throws Exception {
        source.addPurchases(1, 3000);
        source.execute("UPDATE {s}.purchase SET purchase_date = '2015-1' WHERE sub_category_cd = 'S7'");
        source.execute("UPDATE {s}.purchase SET amount = 'NaN' WHERE sub_category_cd = 'S8'");

        extract("r1");

        assertThat(months()).hasSize(25).containsEntry("none", 1L);
        assertThat(bronze().count()).isEqualTo(3000);
        assertThat(seal().facts()).containsEntry("rows", "3000").containsEntry("key-enforced", "true");
        assertThat(seal().facts().get("amount"))
                .isEqualTo(source.query("SELECT sum(amount)::numeric(20,2) FROM {s}.purchase WHERE amount <> 'NaN'"));
    }

    @Test
    void publishesNothingWhereARowIsLostOnTheWay() throws Exception {
        source.addPurchases(1, 100);
        source.execute("ALTER TABLE {s}.purchase ENABLE ROW LEVEL SECURITY");
        source.execute("CREATE POLICY total_only ON {s}.purchase"
                + " USING (current_query() NOT LIKE 'COPY%' OR sub_category_cd <> 'S1')");

        FailedJobException failure = fail("r1");

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContaining("did not publish")
                .hasMessageContaining("expected 100 rows, 50500.00 KRW, actual 99 rows, 50490.00 KRW");
        assertThat(published()).isEmpty();
    }

    @Test
    void replacesTheWindowsMonthsAndRepairedRowsOnly() throws Exception {
        source.addPurchases(1, 3000);
        source.execute("UPDATE {s}.purchase SET purchase_date = 'broken' WHERE sub_category_cd = 'S400'");
        extract("r1");
        source.execute("UPDATE {s}.purchase SET purchase_date = '20150205' WHERE sub_category_cd = 'S400'");
        source.execute("DELETE FROM {s}.purchase WHERE purchase_date LIKE '201503%'");
        source.execute("UPDATE {s}.purchase SET amount = 1 WHERE purchase_date LIKE '201401%'");

        extract("r2", "--from", "2015-02", "--to", "2015-03");

        assertThat(months()).doesNotContainKeys("none", "201503").hasSize(23);
        assertThat(bronze().where("sub_category_cd = 'S400'").count()).isEqualTo(1);
        assertThat(bronze().where("source_month = '201401' AND amount = 1").count())
                .as("outside the window nothing changes")
                .isZero();
        assertThat(seal().facts()).containsEntry("drifted_months", "201401");
    }

    @Test
    void leavesWhatTheSameRunHasPublished() throws Exception {
        source.addPurchases(1, 100);
        extract("r1");
        long published = published().orElseThrow().snapshotId();
        source.addPurchases(1000, 100);

        extract("r1");

        assertThat(published().orElseThrow().snapshotId()).isEqualTo(published);
        assertThat(fail("r1", "--from", "2015-01", "--to", "2015-01").exitCode())
                .isEqualTo(2);
    }

    @Test
    void landsAnEmptyTable() throws Exception {
        extract("r1");

        assertThat(bronze().count()).isZero();
    }

    @Test
    void touchesNothingInADryRun() throws Exception {
        source.addPurchases(1, 100);

        JobMain.run(new ExtractPurchases(), source.options(lakeFolder, "r1", "--dry-run"));

        assertThat(Files.exists(lakeFolder)).isFalse();
    }

    private Map<String, Long> months() {
        List<Row> rows = bronze().groupBy("source_month").count().collectAsList();
        return rows.stream().collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
    }
}
