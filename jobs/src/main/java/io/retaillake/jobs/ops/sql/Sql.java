package io.retaillake.jobs.ops.sql;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeOptions;
import io.retaillake.common.lake.LakeSession;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.sql.SqlStatement;
import io.retaillake.common.sql.StatementFailures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one Spark SQL statement on a lake and prints its result. The lake is the current catalog. */
@Command(
        name = "Sql",
        description =
                "Runs a Spark SQL statement on the lake, e.g. SELECT * FROM gold.affiliate_overview, and prints its result.")
public final class Sql implements Job {

    @Mixin
    private LakeOptions lakeOptions;

    @Parameters(
            arity = "0..1",
            paramLabel = "<statement>",
            description = "The statement; - reads it from standard input.")
    private String statement;

    @Option(
            names = "--format",
            paramLabel = "table|csv|json|parquet",
            description = "How the result is printed: table (the default), csv, or json, one object per line;"
                    + " with --export how it is written: parquet (the default) or csv.")
    private String format;

    @Option(
            names = "--export",
            paramLabel = "<folder>",
            description =
                    "Write the result as files into a new folder, on this machine or s3://bucket/prefix, instead of printing it.")
    private String exportFolder;

    @Option(
            names = "--limit",
            paramLabel = "<rows>",
            description = "The most rows to print; default 1000 as a table, else all.")
    private Integer limit;

    @Option(
            names = "--write",
            description =
                    "Take a statement that writes, for tables of your own; what the jobs publish is never written.")
    private boolean mayWrite;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new Sql(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        LakeSettings lake = lakeOptions.settings(problems);
        if (statement == null || statement.isBlank()) {
            problems.add("the statement is missing; give one in quotes, or - to read it from standard input");
        }
        ResultFormat printed = exportFolder != null ? null : format(ResultFormat.class, ResultFormat.TABLE, problems);
        ExportFormat exported =
                exportFolder == null ? null : format(ExportFormat.class, ExportFormat.PARQUET, problems);
        Export export = exportFolder == null
                ? null
                : Export.to(exportFolder, lake, problems).orElse(null);
        if (limit != null && limit < 1) {
            problems.add("--limit is " + limit + "; allowed: 1 and more");
        }
        Consumer<Dataset<Row>> output =
                export == null ? result -> print(result, printed) : result -> export(result, export, exported);
        return progress -> run(lake, output, progress);
    }

    private <F extends Enum<F>> F format(Class<F> formats, F usual, Problems problems) {
        if (format == null) {
            return usual;
        }
        List<String> names = Stream.of(formats.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!names.contains(format)) {
            problems.add("--format is '" + format + "'; allowed" + (exportFolder == null ? "" : " with --export") + ": "
                    + String.join(", ", names));
            return usual;
        }
        return Enum.valueOf(formats, format.toUpperCase(Locale.ROOT));
    }

    private void run(LakeSettings settings, Consumer<Dataset<Row>> output, Progress progress) {
        Lake.requireExists(settings);
        String text = statement.equals("-") ? standardInput() : statement;
        Lake lake = Lake.open(settings, name());
        SparkSession spark = lake.spark();
        progress.watch(spark);
        spark.catalog().setCurrentCatalog(LakeSession.CATALOG);
        SqlStatement parsed = SqlStatement.parse(spark, text);
        new StatementGuard(lake).require(parsed.plan(), mayWrite);
        try {
            output.accept(new TableList(spark).result(parsed));
        } catch (Exception e) {
            // Scala does not declare them, so they cannot be caught by their types.
            Optional<JobException> explained =
                    TimeTravel.explain(spark, parsed.plan(), e).or(() -> StatementFailures.explain(e));
            if (explained.isPresent()) {
                throw explained.get();
            }
            throw e;
        }
    }

    private void print(Dataset<Row> result, ResultFormat resultFormat) {
        int most = limit != null ? limit : resultFormat.defaultLimit();
        resultFormat.print(result, most, System.out);
        System.out.flush();
    }

    private void export(Dataset<Row> result, Export export, ExportFormat exportFormat) {
        export.write(limit != null ? result.limit(limit) : result, exportFormat);
        System.out.println("exported to " + export.folder());
        System.out.flush();
    }

    private static String standardInput() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
