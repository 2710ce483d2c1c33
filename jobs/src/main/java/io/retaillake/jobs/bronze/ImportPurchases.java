package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.decode;

import io.retaillake.common.amount.PurchaseTotals;
import io.retaillake.common.contract.Column;
import io.retaillake.common.jdbc.SourceCatalog;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.Failures;
import io.retaillake.common.job.Job;
import io.retaillake.common.job.JobArguments;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.JobMain;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Progress;
import io.retaillake.common.job.RunOptions;
import io.retaillake.common.job.UrlCredentials;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Fills {@code bronze.purchase} from Avro files instead of the database: a first load from a dump, from DMS or Sqoop. The
 * files' columns must be the contract's; further ones are ignored and reported. What lands must have the files' totals.
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
            description = "Avro files: a file, a folder, or a pattern such as s3://bucket/dump/purchase-*.avro.")
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
        Publication.run(lake, run, List.of(PURCHASE), publication -> {
            Dataset<Row> purchases = read(lake.spark(), files);
            publication.recordInput("files", files);
            progress.step("total the files' purchases", 0);
            PurchaseTotals delivered = BronzeTotals.of(purchases);
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

    private static Dataset<Row> read(SparkSession spark, String files) {
        Dataset<Row> delivered;
        try {
            delivered = spark.read().format("avro").load(files);
        } catch (Exception e) {
            // Spark throws a checked exception that its Java signature doesn't declare.
            throw unreadable(files, e);
        }
        List<String> differences = differences(delivered.schema());
        if (!differences.isEmpty()) {
            throw JobException.badData("The files " + files
                    + " are not what the contract says; nothing was imported.\n- " + String.join("\n- ", differences)
                    + "\nDeliver them with these columns, or give other --files.");
        }
        return delivered
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

    private static List<String> differences(StructType schema) {
        List<String> differences = new ArrayList<>();
        List<String> delivered = Arrays.asList(schema.fieldNames());
        for (Column column : SourceCatalog.sourceColumns(PURCHASE)) {
            if (!delivered.contains(column.name())) {
                differences.add(column.name() + ": the column is missing; the files have " + delivered);
                continue;
            }
            StructField field = schema.apply(column.name());
            if (!field.dataType().equals(column.type())) {
                differences.add(
                        column.name() + ": the contract has " + column.type().simpleString() + ", the files have "
                                + field.dataType().simpleString());
            }
        }
        List<String> further = new ArrayList<>(delivered);
        further.removeAll(PURCHASE.columnNames());
        if (!further.isEmpty()) {
            LOG.warn("The files have further columns, which are ignored: {}", further);
        }
        return differences;
    }

    private static JobException unreadable(String files, Exception e) {
        String why = Failures.find(e, AnalysisException.class)
                .map(AnalysisException::getSimpleMessage)
                .orElse(e.getMessage());
        return JobException.badArguments("The files " + files + " can't be read: " + why
                + "\nCheck --files; a folder must hold files that end in .avro.");
    }
}
