package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.decode;

import io.retaillake.common.contract.Column;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.UrlCredentials;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.purchases.PurchaseTotals;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobArguments;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.run.RunOptions;
import io.retaillake.common.source.SourceCatalog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Fills {@code bronze.purchase} from Avro files instead of the database: a first load from a dump, from DMS or Sqoop. Every
 * file's columns must be the contract's; further ones are ignored and reported. What lands must have the files' totals.
 */
@Command(
        name = "ImportPurchases",
        description = "Fills bronze.purchase from Avro files with the source's columns, and proves it.")
public final class ImportPurchases implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(ImportPurchases.class);

    @Mixin
    private RunOptions runOptions;

    @Option(
            names = "--files",
            required = true,
            paramLabel = "<uri>",
            description = "Avro files: a file, a folder with all its subfolders, or a pattern such as"
                    + " s3://bucket/dump/purchase-*.avro.")
    private String files;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new ImportPurchases(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        if (files != null && files.isBlank()) {
            problems.add("--files is empty; allowed: a file, a folder or a pattern");
        }
        if (files != null && UrlCredentials.areIn(files)) {
            problems.add(UrlCredentials.problem("--files"));
        }
        JobArguments arguments = runOptions.arguments(problems);
        return progress -> run(arguments, files, progress);
    }

    private void run(JobArguments arguments, String files, Progress progress) {
        Lake lake = Lake.open(arguments.lake(), name());
        progress.watch(lake.spark());
        Map<String, String> identity = Map.of("window", arguments.window().toString(), "files", files);
        Run run = new Run(arguments.runId(), name(), new TreeMap<>(identity));
        Publication.run(lake, run, List.of(PURCHASE), progress, publication -> {
            progress.step("compare the files with the contract", 0);
            Dataset<Row> purchases = read(lake.spark(), files);
            publication.recordInput("files", files);
            progress.step("total the files' purchases", 0);
            PurchaseTotals delivered = total(purchases);
            PurchaseScope scope = PurchaseScope.of(arguments.window());
            long ignoredRows =
                    delivered.sum().rows() - delivered.only(scope).sum().rows();
            if (ignoredRows > 0) {
                LOG.warn("{} rows of the files are outside the window and not imported", ignoredRows);
                publication.recordFact("rows_outside_window", ignoredRows);
            }
            progress.step("import " + PURCHASE, delivered.sum().rows());
            BronzePurchases bronze = new BronzePurchases(lake, publication);
            bronze.write(purchases.where(scope.condition()), scope);
            bronze.publish(scope, delivered, false, progress);
        });
    }

    /** The purchases' totals; the first time that all of the files is read. */
    private static PurchaseTotals total(Dataset<Row> purchases) {
        try {
            return BronzeTotals.of(purchases);
        } catch (Exception e) {
            // Spark throws checked exceptions that its Java signatures don't declare.
            Optional<JobException> damage = DeliveredFiles.explainDamage(e, purchases);
            if (damage.isPresent()) {
                throw damage.get();
            }
            throw e;
        }
    }

    private static Dataset<Row> read(SparkSession spark, String files) {
        return DeliveredFiles.read(spark, files)
                .select(SourceCatalog.sourceColumns(PURCHASE).stream()
                        .map(ImportPurchases::legible)
                        .toArray(org.apache.spark.sql.Column[]::new))
                .withColumn(SourceMonth.COLUMN, SourceMonth.of(col("purchase_date")));
    }

    /**
     * The column. Bytes of a text that are not UTF-8 become U+FFFD: as they are, they would make the least and greatest
     * values of silver's files wrong, and queries would miss rows.
     */
    private static org.apache.spark.sql.Column legible(Column column) {
        return column.type().equals(DataTypes.StringType)
                ? decode(col(column.name()).cast(DataTypes.BinaryType), "UTF-8").as(column.name())
                : col(column.name());
    }
}
