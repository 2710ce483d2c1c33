package io.retaillake.jobs.ops.sql;

import io.retaillake.common.command.TerminalColumns;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeOptions;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.sql.SqlStatement;
import io.retaillake.jobs.ops.sql.StatementRunner.Output;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jline.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs Spark SQL statements on a lake and prints their results. They come from an argument, a file, standard input or, where there
 * are none of these, from a person at a terminal. The lake is the current catalog.
 */
@Command(
        name = "Sql",
        description =
                "Runs Spark SQL statements on the lake, e.g. SELECT * FROM gold.affiliate_overview, and prints their results."
                        + " Semicolons separate them; the first that fails ends the job.")
public final class Sql implements Job {

    @Mixin
    private LakeOptions lakeOptions;

    @Parameters(
            arity = "0..1",
            paramLabel = "<statements>",
            description =
                    "The statements; - reads them from standard input. bin/sql without them is a session on a terminal,"
                            + " and reads them from standard input where that is none.")
    private String text;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "<file>",
            description = "Read the statements from a file on this machine.")
    private Path file;

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
        StatementSource source = source(problems);
        ResultFormat printed = exportFolder != null ? null : format(ResultFormat.class, ResultFormat.TABLE, problems);
        ExportFormat exported =
                exportFolder == null ? null : format(ExportFormat.class, ExportFormat.PARQUET, problems);
        Export export = exportFolder == null
                ? null
                : Export.to(exportFolder, lake, problems).orElse(null);
        if (limit != null && limit < 1) {
            problems.add("--limit is " + limit + "; allowed: 1 and more");
        }
        Output output = export == null
                ? (statement, result, out) -> print(statement, result, printed, out)
                : (statement, result, out) -> export(result, export, exported, out);
        return progress -> run(lake, source, output, progress);
    }

    private StatementSource source(Problems problems) {
        boolean none = file == null && (text == null || text.isBlank());
        if (file != null && text != null) {
            problems.add("statements and --file are given; give one of them");
        }
        if (none && text == null && TerminalColumns.isInteractive()) {
            if (exportFolder != null) {
                problems.add("--export takes one statement, and none is given");
            }
            return StatementSource.TERMINAL;
        }
        if (none && (text != null || !PersonsTerminal.hasStandardInput())) {
            problems.add("the statement is missing; give one in quotes, --file, or - to read it from standard input");
        }
        return file != null
                ? StatementSource.of(file)
                : text == null || text.equals("-") ? StatementSource.STANDARD_INPUT : StatementSource.of(text);
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

    private void run(LakeSettings settings, StatementSource source, Output output, Progress progress) {
        Lake.requireExists(settings);
        Optional<Script> script = source.read().map(Script::of);
        script.ifPresent(this::require);
        Waiting start = Waiting.begin("starting Spark", System.err, TerminalColumns.ofMessages());
        StatementRunner runner;
        Lake lake;
        try {
            lake = Lake.open(settings, name());
            progress.watch(lake.spark());
            runner = new StatementRunner(lake, mayWrite, output);
        } finally {
            start.close();
        }
        if (script.isEmpty()) {
            converse(lake, runner);
            return;
        }
        Waiting waiting = Waiting.begin("running", System.err, TerminalColumns.ofMessages());
        try {
            runner.run(script.get(), waiting.before(System.out));
        } finally {
            waiting.close();
        }
    }

    private void require(Script script) {
        if (script.statements().isEmpty()) {
            throw JobException.badArguments("There is no statement: nothing, or nothing but comments, was given.");
        }
        if (exportFolder != null && script.statements().size() > 1) {
            throw JobException.badArguments("--export takes one statement, and those are "
                    + script.statements().size() + "; nothing was run.");
        }
    }

    private static void converse(Lake lake, StatementRunner runner) {
        try (Terminal terminal = PersonsTerminal.open()) {
            new Session(terminal, runner, lake.spark()).run(PersonsTerminal.history());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(SqlStatement statement, Dataset<Row> result, ResultFormat resultFormat, PrintStream out) {
        int most = limit != null ? limit : resultFormat.defaultLimit();
        // What a command says of a table or a plan is to be read whole.
        resultFormat.print(result, most, statement.isCommand(), out);
    }

    private void export(Dataset<Row> result, Export export, ExportFormat exportFormat, PrintStream out) {
        export.write(limit != null ? result.limit(limit) : result, exportFormat);
        out.println("exported to " + export.folder());
    }
}
