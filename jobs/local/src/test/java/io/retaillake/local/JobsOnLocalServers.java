package io.retaillake.local;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The real jobs over a small generated source and a lake of their own, for the tests of what starts jobs. */
public final class GeneratedSourceJobs {

    private final IntegrationSource source;
    private final SecretWatch watch;
    private final Submission submission;
    private final Path lake;

    /**
     * How a job ended.
     *
     * @param succeeded whether it did
     * @param out its standard output
     * @param message what went wrong; empty if nothing did
     */
    public record Ended(boolean succeeded, String out, String message) {}

    /**
     * Fills the source.
     *
     * @param folder holds the lake and the processes' files
     * @param scale 1 is the size of the real source
     */
    public GeneratedSourceJobs(Path folder, double scale, double dirtyRate) throws IOException, SQLException {
        source = new IntegrationSource(folder, "generated").fill(scale, dirtyRate);
        watch = new SecretWatch(source.passwords());
        submission = new Submission(folder, watch, "local[2,4]", "spark.sql.shuffle.partitions=2");
        lake = folder.resolve("lake");
    }

    /**
     * Runs a job with {@code arguments} and those that say where its source and its lake are.
     *
     * @param job the simple name of its class
     */
    public Ended run(String job, List<String> arguments) throws IOException, InterruptedException {
        Job known = Job.named(job).orElseThrow(() -> new IllegalArgumentException("there is no job " + job));
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--lake", lake.toString()));
        if (known.readsSource()) {
            all.addAll(source.readerOptions());
        }
        Submission.Ended ended = submission.submit(known, all);
        boolean succeeded = ended.exitCode() == 0;
        return new Ended(succeeded, ended.out(), succeeded ? "" : ended.err());
    }

    /** Where a password was seen that must be seen nowhere. */
    public Set<String> leaks() {
        return watch.leaks();
    }
}
