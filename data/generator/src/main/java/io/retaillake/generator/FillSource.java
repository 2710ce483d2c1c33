package io.retaillake.generator;

import io.retaillake.common.job.Problems;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.source.SourceConnector;
import io.retaillake.jobs.bronze.PrepareSource;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes an empty database a source, as {@link PrepareSource} does, and fills its tables with generated data. */
@Command(
        name = "FillSource",
        description =
                "Creates the source's schema, tables and read-only role, and fills the tables with generated data.")
public final class FillSource extends PrepareSource {

    private static final Logger LOG = LoggerFactory.getLogger(FillSource.class);

    @Option(
            names = "--scale",
            paramLabel = "<factor>",
            description = "1 is 28,593,030 purchases; default ${DEFAULT-VALUE}.")
    private double scale = 1;

    @Option(
            names = "--dirty-rate",
            paramLabel = "<share>",
            description = "Defective purchases to add, as a share of the others; default ${DEFAULT-VALUE}.")
    private double dirtyRate;

    @Option(
            names = "--seed",
            paramLabel = "<number>",
            description = "Another seed gives other data of the same kind; default ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--load-parallelism",
            paramLabel = "<n>",
            description = "Connections that load purchases; default ${DEFAULT-VALUE}.")
    private int loadParallelism = 2;

    private GeneratorOptions data;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new FillSource(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        if (loadParallelism < 1 || loadParallelism > 64) {
            problems.add("--load-parallelism is " + loadParallelism + "; allowed: 1 to 64");
        }
        try {
            data = new GeneratorOptions(seed, scale, dirtyRate);
        } catch (IllegalArgumentException e) {
            problems.add("--scale or --dirty-rate: " + e.getMessage());
        }
        return super.prepare(problems);
    }

    @Override
    protected void fill(SourceConnector connector, String schema, Progress progress) throws SQLException {
        LoadResult loaded = SourceLoader.load(connector::connect, schema, data, loadParallelism, new Steps(progress));
        progress.processed(loaded.purchaseRows());
        LOG.info("Loaded: {}", loaded);
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
