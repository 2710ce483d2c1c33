package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.JobMain;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Seal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportPurchasesTest {

    private static final String COLUMNS =
            "'A' affiliate, concat('R', id) receipt_no, 'D' division_cd, 'M' main_category_cd,"
                    + " 'S' sub_category_cd, CAST(NULL AS STRING) customer_id, 'T1' store_cd,"
                    + " date_format(date_add(DATE'2014-01-01', CAST(id % 730 AS INT)), 'yyyyMMdd') purchase_date,"
                    + " '12' purchase_time, CAST(id AS DOUBLE) amount";

    @TempDir
    private Path folder;

    private Path lakeFolder;
    private String files;
    private SparkSession spark;

    @BeforeEach
    void openSession() {
        lakeFolder = folder.resolve("lake");
        files = folder.resolve("files").toString();
        spark = LocalLakes.open(folder.resolve("scratch")).spark();
    }

    @Test
    void landsTheFilesRowsWithTheirMonths() throws FailedJobException {
        deliver("SELECT " + COLUMNS + ", 'ignored' AS further FROM range(1000)");

        importFiles("r1");

        assertThat(bronze().count()).isEqualTo(1000);
        assertThat(bronze().columns()).containsExactlyElementsOf(PURCHASE.columnNames());
        assertThat(bronze().where("source_month <> substring(purchase_date, 1, 6)")
                        .count())
                .isZero();
        assertThat(facts())
                .containsEntry("rows", "1000")
                .containsEntry("amount", "499500.00")
                .containsEntry("key-enforced", "false");
    }

    @Test
    void importsTheFilesThatAPatternMatches() throws FailedJobException {
        deliver("SELECT " + COLUMNS + " FROM range(1000)");
        spark.range(7).write().mode("append").format("parquet").save(files);

        files += "/*.avro";
        importFiles("r1");

        assertThat(bronze().count()).isEqualTo(1000);
    }

    @Test
    void keepsWhatIsNoPurchaseForSilverToJudge() throws FailedJobException {
        deliver("SELECT CAST(NULL AS STRING) affiliate, '' receipt_no, 'D' division_cd, 'M' main_category_cd,"
                + " 'S' sub_category_cd, 'C' customer_id, 'T1' store_cd, '20150229' purchase_date, 'x' purchase_time,"
                + " CAST('NaN' AS DOUBLE) amount");

        importFiles("r1");

        assertThat(bronze().where("affiliate IS NULL AND isnan(amount) AND source_month = '201502'")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void importsTheWindowOnly() throws FailedJobException {
        deliver("SELECT " + COLUMNS + " FROM range(1460)");

        importFiles("r1", "--from", "2015-02", "--to", "2015-03");

        assertThat(bronze().count()).isEqualTo(2 * (28 + 31));
        assertThat(facts()).containsEntry("rows_outside_window", Integer.toString(1460 - 2 * (28 + 31)));
    }

    @Test
    void namesEveryDifferenceFromTheContract() {
        deliver("SELECT 'A' affiliate, 'R' receipt_no, 1 division_cd, 'M' main_category_cd, 'S' sub_category_cd,"
                + " 'C' customer_id, '20150101' purchase_date, '1' purchase_time, CAST(1 AS FLOAT) amount");

        FailedJobException failure = catchThrowableOfType(FailedJobException.class, () -> importFiles("r1"));

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContaining("division_cd: the contract has string, the files have int")
                .hasMessageContaining("store_cd: the column is missing")
                .hasMessageContaining("amount: the contract has double, the files have float");
    }

    @Test
    void saysThatThereAreNoFiles() {
        FailedJobException failure = catchThrowableOfType(FailedJobException.class, () -> importFiles("r1"));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageContaining(files).hasMessageContaining("Check --files");
    }

    private void deliver(String query) {
        spark.sql(query).write().format("avro").save(files);
    }

    private void importFiles(String runId, String... more) throws FailedJobException {
        List<String> options =
                new ArrayList<>(List.of("--lake", lakeFolder.toString(), "--run-id", runId, "--files", files));
        options.addAll(List.of(more));
        JobMain.run(new ImportPurchases(), options.toArray(String[]::new));
    }

    private Dataset<Row> bronze() {
        Lake lake = LocalLakes.open(lakeFolder);
        return lake.spark().table(lake.identifier(PURCHASE));
    }

    private Map<String, String> facts() {
        Lake lake = LocalLakes.open(lakeFolder);
        return Seal.of(lake.find(PURCHASE).orElseThrow().currentSnapshot())
                .orElseThrow()
                .facts();
    }
}
