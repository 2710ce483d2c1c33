package io.retaillake.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.Fingerprint;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.publish.StringTable;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A lake in a test's folder, whose bronze is published as the extraction does. */
public final class TestLake {

    private static final List<Check> PASSED = List.of(Check.equal("rows", 1, 1));

    private final Path folder;
    private final Lake lake;

    public TestLake(Path folder) {
        this.folder = folder;
        this.lake = LocalLakes.open(folder);
    }

    public Lake lake() {
        return lake;
    }

    public SparkSession spark() {
        return lake.spark();
    }

    /** Replaces {@code bronze.purchase} by rows of a source that enforces the key. */
    public void publishPurchases(String runId, Cells... rows) {
        publishPurchases(runId, Cells.frame(spark(), BronzeTables.PURCHASE, rows), true);
    }

    /** Replaces {@code bronze.purchase}; the month of each row is taken from its date. */
    public void publishPurchases(String runId, Dataset<Row> purchases, boolean keyIsEnforced) {
        Run run = new Run(runId, "ExtractPurchases", new TreeMap<>(Map.of("window", "all")));
        Dataset<Row> withMonth = purchases.withColumn(
                "source_month",
                when(col("purchase_date").rlike("^[0-9]{4}(0[1-9]|1[0-2])"), substring(col("purchase_date"), 1, 6))
                        .otherwise(BronzeTables.NO_MONTH));
        Publication.run(lake, run, List.of(BronzeTables.PURCHASE), publication -> {
            publication.write(BronzeTables.PURCHASE, withMonth, OverwriteFilter.everything());
            publication.recordFact("key-enforced", keyIsEnforced);
            publication.publish(PASSED, List.of());
        });
    }

    /** Replaces the three dimensions of bronze. */
    public void publishDimensions(String runId, Dataset<Row> customers, Dataset<Row> products, Dataset<Row> zipcode) {
        Run run = new Run(runId, "ExtractDimensions", new TreeMap<>());
        Publication.run(lake, run, BronzeTables.DIMENSIONS, publication -> {
            publication.write(BronzeTables.CUSTOMER, customers, OverwriteFilter.everything());
            publication.write(BronzeTables.PRODUCTS_INFO, products, OverwriteFilter.everything());
            publication.write(BronzeTables.ZIPCODE, zipcode, OverwriteFilter.everything());
            for (TableContract contract : BronzeTables.DIMENSIONS) {
                publication.recordFact(
                        Fingerprint.fact(contract),
                        Fingerprint.of(new StringTable(
                                        contract,
                                        lake.find(contract).orElseThrow(),
                                        publication.writtenSnapshotId(contract))
                                .rows()));
            }
            publication.publish(PASSED, List.of());
        });
    }

    /** The same by the source's sample rows. */
    public void publishSampleDimensions(String runId) {
        publishDimensions(
                runId,
                SampleRows.typed(spark(), BronzeTables.CUSTOMER),
                SampleRows.typed(spark(), BronzeTables.PRODUCTS_INFO),
                SampleRows.typed(spark(), BronzeTables.ZIPCODE));
    }

    /** Runs a job on this lake; one that belongs to no run without a run id. */
    public void run(Job job, String runId, String... more) throws FailedJobException {
        List<String> arguments = new ArrayList<>(List.of("--lake", folder.toString()));
        if (runId != null) {
            arguments.addAll(List.of("--run-id", runId));
        }
        arguments.addAll(List.of(more));
        JobMain.run(job, arguments.toArray(String[]::new));
    }

    /** Runs a job that must fail. */
    public FailedJobException fail(Job job, String runId, String... more) {
        return catchThrowableOfType(FailedJobException.class, () -> run(job, runId, more));
    }

    /** A table as its readers see it. */
    public Dataset<Row> read(TableContract contract) {
        return lake.spark().table(lake.identifier(contract));
    }

    /** The snapshot that a table's readers see. */
    public long snapshotId(TableContract contract) {
        return lake.find(contract).orElseThrow().currentSnapshot().snapshotId();
    }
}
