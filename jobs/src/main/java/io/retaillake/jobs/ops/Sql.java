package io.retaillake.jobs.ops;

import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.Job;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.JobMain;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Progress;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeOptions;
import io.retaillake.common.lake.LakeSession;
import io.retaillake.common.lake.LakeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.AnalysisException;
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
            paramLabel = "table|csv|json",
            description = "How the result is printed; default ${DEFAULT-VALUE}. json is one object per line.")
    private String format = "table";

    @Option(
            names = "--limit",
            paramLabel = "<rows>",
            description = "The most rows to print; default 1000 as a table, else all.")
    private Integer limit;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new Sql(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        LakeSettings lake = lakeOptions.settings(problems);
        if (statement == null || statement.isBlank()) {
            problems.add("the statement is missing; give one in quotes, or - to read it from standard input");
        }
        ResultFormat resultFormat = Arrays.stream(ResultFormat.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(format))
                .findFirst()
                .orElse(null);
        if (resultFormat == null) {
            problems.add("--format is '" + format + "'; allowed: table, csv, json");
        }
        if (limit != null && limit < 1) {
            problems.add("--limit is " + limit + "; allowed: 1 and more");
        }
        return progress -> run(lake, resultFormat, progress);
    }

    private void run(LakeSettings settings, ResultFormat resultFormat, Progress progress) {
        requireLake(settings);
        String text = statement.equals("-") ? standardInput() : statement;
        SparkSession spark = Lake.open(settings, name()).spark();
        progress.watch(spark);
        print(spark, text, resultFormat);
    }

    private void print(SparkSession spark, String text, ResultFormat resultFormat) {
        spark.catalog().setCurrentCatalog(LakeSession.CATALOG);
        int most = limit != null ? limit : resultFormat.defaultLimit();
        try {
            resultFormat.print(spark.sql(text), most, System.out);
            System.out.flush();
        } catch (Exception e) {
            // Scala does not declare it, so it cannot be caught by its type.
            if (e instanceof AnalysisException analysis) {
                throw JobException.badArguments(analysis.getSimpleMessage());
            }
            throw e;
        }
    }

    /** What only looks at a lake must not make the one that it looks for. */
    static void requireLake(LakeSettings settings) {
        if (settings.catalogFile() != null && !Files.exists(Path.of(settings.catalogFile()))) {
            throw JobException.badArguments("There is no lake at " + settings.root() + ": no file "
                    + settings.catalogFile() + ".\nName one with --lake, or fill one with bin/pipeline.");
        }
    }

    private static String standardInput() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
