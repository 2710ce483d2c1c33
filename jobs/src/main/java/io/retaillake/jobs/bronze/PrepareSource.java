package io.retaillake.jobs.bronze;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.source.SourceConnector;
import io.retaillake.common.source.SourceOptions;
import io.retaillake.common.source.SourceSecret;
import io.retaillake.common.source.SourceSettings;
import io.retaillake.source.GeneratorOptions;
import io.retaillake.source.LoadProgress;
import io.retaillake.source.LoadResult;
import io.retaillake.source.ReaderRole;
import io.retaillake.source.SourceException;
import io.retaillake.source.SourceLoader;
import io.retaillake.source.SourceSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Makes an empty database a source: its schema and tables, the read-only role that extractions log in as, and, on request,
 * generated data. What is there already is left. It logs in as a user who may create all that.
 */
@Command(
        name = "PrepareSource",
        description = "Creates the source's schema, tables and read-only role, and can fill it with generated data.")
public final class PrepareSource implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(PrepareSource.class);

    @Mixin
    private SourceOptions sourceOptions;

    @Option(
            names = "--reader-secret",
            required = true,
            paramLabel = "<secret>",
            description = "Secret with username and password of the read-only role to create: an id or ARN in AWS "
                    + "Secrets Manager, or file:<path>.")
    private String readerSecret;

    @Option(
            names = "--fill",
            arity = "0..1",
            fallbackValue = "true",
            description =
                    "Fill the empty tables with generated data. May be followed by true or false, as Glue hands it over.")
    private boolean fill;

    @Option(
            names = "--scale",
            paramLabel = "<factor>",
            description = "With --fill: 1 is 28,593,030 purchases; default ${DEFAULT-VALUE}.")
    private double scale = 1;

    @Option(
            names = "--dirty-rate",
            paramLabel = "<share>",
            description =
                    "With --fill: defective purchases to add, as a share of the others; default ${DEFAULT-VALUE}.")
    private double dirtyRate;

    @Option(
            names = "--seed",
            paramLabel = "<number>",
            description = "With --fill: another seed gives other data of the same kind; default ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--load-parallelism",
            paramLabel = "<n>",
            description = "With --fill: connections that load purchases; default ${DEFAULT-VALUE}.")
    private int loadParallelism = 2;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new PrepareSource(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        SourceSettings source = sourceOptions.settings(problems);
        if (loadParallelism < 1 || loadParallelism > 64) {
            problems.add("--load-parallelism is " + loadParallelism + "; allowed: 1 to 64");
        }
        GeneratorOptions generator = null;
        try {
            generator = new GeneratorOptions(seed, scale, dirtyRate);
        } catch (IllegalArgumentException e) {
            problems.add("--scale or --dirty-rate: " + e.getMessage());
        }
        GeneratorOptions data = generator;
        return progress -> run(source, data, progress);
    }

    private void run(SourceSettings source, GeneratorOptions data, Progress progress) {
        SourceConnector connector = new SourceConnector(source);
        SourceSecret admin = connector.secret();
        SourceSecret reader = new SourceConnector(source.withSecret(readerSecret, admin)).secret();
        if (reader.username().equals(admin.username())) {
            throw JobException.badArguments("--secret and --reader-secret name the same user " + admin.username()
                    + ".\nGive a --reader-secret with another user name; its role is created.");
        }
        try (Connection connection = connector.connect()) {
            progress.step("create the tables of schema " + source.schema(), 0, () -> 0);
            SourceSchema.Outcome tables = fill
                    ? SourceSchema.createTables(connection, source.schema())
                    : SourceSchema.create(connection, source.schema());
            LOG.info("Schema {}: {}", source.schema(), tables);
            if (fill) {
                LoadResult loaded = SourceLoader.load(
                        connector::connect, source.schema(), data, loadParallelism, new Steps(progress));
                progress.processed(loaded.purchaseRows());
                LOG.info("Loaded: {}", loaded);
            }
            SourceSchema.Outcome role = ReaderRole.grant(
                    connection,
                    source.schema(),
                    reader.username(),
                    reader.password().toCharArray());
            LOG.info("Role {}: {}", reader.username(), role);
        } catch (SourceException e) {
            throw JobException.badArguments(e.getMessage());
        } catch (SQLException e) {
            throw JobException.outsideSystem(
                    "The source could not be prepared: " + e.getMessage() + "\nThe user " + admin.username()
                            + " must be allowed to create schemas and roles. A standby takes neither: prepare its primary.",
                    e);
        }
    }

    /** Hands the load's progress on. */
    private static final class Steps implements LoadProgress {

        private final Progress progress;
        private final AtomicLong rows = new AtomicLong();
        private long expectedRows;

        Steps(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void step(String name) {
            progress.step("load the source: " + name, 0, () -> 0);
        }

        @Override
        public void rows(long rowsDone, long rowsExpected) {
            rows.set(rowsDone);
            if (expectedRows != rowsExpected) {
                expectedRows = rowsExpected;
                progress.step("load the source: copying", rowsExpected, rows::get);
            }
        }
    }
}
