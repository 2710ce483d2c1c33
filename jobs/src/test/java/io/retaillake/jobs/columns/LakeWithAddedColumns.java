package io.retaillake.jobs.columns;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.purchases.PurchaseFilePart;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.jobs.bronze.ExtractDimensions;
import io.retaillake.jobs.bronze.ExtractPurchases;
import io.retaillake.jobs.ops.maintenance.Migrate;
import io.retaillake.jobs.silver.BuildPurchases;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Row;

/**
 * A process whose mappings have more columns than the project's. It extracts the rest of a source that the project's own mappings
 * have extracted a month of, builds silver, and tells what a reader finds.
 */
final class LakeWithAddedColumns {

    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private final Path out;
    private final Path lakeFolder;

    private LakeWithAddedColumns(Path out, Path lakeFolder) {
        this.out = out;
        this.lakeFolder = lakeFolder;
    }

    /** Arguments: where to tell it; the lake; the options of a good source; {@code --}; those of a bad one. */
    public static void main(String[] args) throws Exception {
        List<String> options = List.of(args).subList(2, args.length);
        int bad = options.indexOf("--");
        LakeWithAddedColumns process = new LakeWithAddedColumns(Path.of(args[0]), Path.of(args[1]));
        process.refuse(options.subList(bad + 1, options.size()).toArray(String[]::new));
        process.build(options.subList(0, bad).toArray(String[]::new));
    }

    private void refuse(String[] options) throws Exception {
        List<String> failures = new ArrayList<>();
        for (Job job : List.of(new ExtractDimensions(), new ExtractPurchases())) {
            try {
                JobMain.run(job, options);
            } catch (FailedJobException e) {
                failures.add(e.exitCode() + " " + e.getMessage());
            }
        }
        Files.write(out.resolve("failures"), failures);
    }

    private void build(String[] options) throws Exception {
        JobMain.run(new Migrate(), "--lake", lakeFolder.toString());
        JobMain.run(new ExtractDimensions(), options);
        JobMain.run(new ExtractPurchases(), with(options, "--from", "2015-02", "--to", "2015-02"));
        JobMain.run(new BuildPurchases(), "--lake", lakeFolder.toString(), "--run-id", "added");

        Lake lake = LocalLakes.open(lakeFolder);
        lake.spark().conf().set("spark.sql.datetime.java8API.enabled", "true");
        for (TableContract table : List.of(
                BronzeTables.CUSTOMER, BronzeTables.PURCHASE, SilverTables.PURCHASES, SilverTables.PURCHASE_REJECTS)) {
            tell(lake, table);
        }
        Table purchase = lake.find(BronzeTables.PURCHASE).orElseThrow();
        Files.writeString(
                out.resolve("read-by-bytes"),
                Boolean.toString(
                        PurchaseFilePart.tasks(purchase, purchase.newScan(), 2).isPresent()));
    }

    private void tell(Lake lake, TableContract table) throws Exception {
        String key = table.columnNames().contains("receipt_no") ? "receipt_no" : "customer_id";
        String[] columns = Stream.concat(
                        Stream.of(key), AddedColumn.ALL.stream().map(AddedColumn::lakeName))
                .toArray(String[]::new);
        List<String> rows = new ArrayList<>();
        for (Row row : lake.spark()
                .table(lake.identifier(table))
                .selectExpr(columns)
                .orderBy(key)
                .collectAsList()) {
            for (int i = 0; i < columns.length; i++) {
                rows.add(row.getString(0) + " " + columns[i] + " "
                        + text(row.get(i)).replace("\n", "\\n"));
            }
        }
        Files.write(out.resolve(table.qualifiedName()), rows);
    }

    private static String text(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Instant instant) {
            return MICROSECONDS.format(instant.atOffset(ZoneOffset.UTC));
        }
        if (value instanceof LocalDateTime time) {
            return MICROSECONDS.format(time);
        }
        return Objects.toString(value);
    }

    private static String[] with(String[] options, String... more) {
        return Stream.of(options, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
