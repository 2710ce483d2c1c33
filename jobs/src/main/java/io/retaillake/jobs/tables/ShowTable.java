package io.retaillake.jobs.tables;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.MonthOptions;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeOptions;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the rows that a definition gives on a lake. Publishes nothing. */
@Command(
        name = "ShowTable",
        description = "Shows the rows that a table's definition in SQL gives on a lake, and publishes nothing.")
public final class ShowTable implements Job {

    @Mixin
    private LakeOptions lakeOptions;

    @Mixin
    private MonthOptions months;

    @Parameters(
            arity = "0..1",
            paramLabel = "<file or name>",
            description = "The definition's .sql or .yaml file, or the name of a table of the library or of --tables.")
    private String target;

    @Option(
            names = "--tables",
            paramLabel = "<folder>",
            description = "Folder with definitions, where the table is given by its name.")
    private String folder;

    @Option(
            names = "--limit",
            paramLabel = "<rows>",
            defaultValue = "20",
            description = "The most rows to show; default ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--watch", description = "Show them again whenever one of the definition's files is saved.")
    private boolean watch;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new ShowTable(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        LakeSettings lake = lakeOptions.settings(problems);
        Window window = months.window(problems::add).orElse(null);
        DefinitionTarget definition = DefinitionTarget.parse(target, folder, problems);
        if (definition != null && definition.name().isEmpty()) {
            problems.add(target + " is a folder; give one of a definition's files, or a table's name with --tables");
        }
        if (limit < 1) {
            problems.add("--limit is " + limit + "; allowed: 1 and more");
        }
        Optional<SavedFiles> files =
                watch && definition != null ? SavedFiles.of(definition, problems) : Optional.empty();
        return progress -> run(lake, definition, window, files, progress);
    }

    private void run(
            LakeSettings settings,
            DefinitionTarget definition,
            Window window,
            Optional<SavedFiles> files,
            Progress progress) {
        Lake.requireExists(settings);
        Lake lake = Lake.open(settings, name());
        progress.watch(lake.spark());
        TableView view = new TableView(lake, definition, window, limit);
        if (files.isEmpty()) {
            view.print(System.out);
        } else {
            watch(view, files.get(), System.out);
        }
    }

    private static void watch(TableView view, SavedFiles files, PrintStream out) {
        do {
            try {
                view.print(out);
            } catch (JobException e) {
                out.println(e.getMessage().strip());
            }
            out.println("-- waiting for " + files + " to be saved; Ctrl-C ends");
            out.flush();
        } while (files.await());
    }
}
