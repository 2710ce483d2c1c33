package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.TemporaryFolder;
import io.retaillake.local.KillablePipeline.Kill;
import io.retaillake.local.RandomMoment.Cost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/pipeline} is killed at random moments from its first start on, in one way or another, and started again with
 * the same run id, again and again; every few kills it is let alone until it has completed, and goes on with a new lake and
 * without a database. {@code -Dfaults.seed} repeats the choices, {@code -Dfaults.kills} says how many kills there are.
 */
@Tag("faults")
class PipelineKillsIT {

    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("faults.kills", 16);
    private static final int MOST_KILLS_PER_LAKE = 8;

    /** Else most kills by files would fall where nothing is left to do. */
    private static final int LEAST_KILLS_PER_LAKE_BY_FILES = 4;

    private static final int TABLES = 13;
    private static final List<Kill> WAYS = List.copyOf(EnumSet.allOf(Kill.class));
    private static final String RUN = "killed-at-random";

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final List<String> story = new ArrayList<>();
    private final List<KillablePipeline> killed = new ArrayList<>();
    private FreshProject project;
    private Submission submission;

    @Test
    void inTheEndNothingIsMissingOrDoubled() throws Exception {
        System.out.println("killing with -Dfaults.seed=" + SEED + " -Dfaults.kills=" + KILLS);
        project = FreshProject.in(folder);
        submission = new Submission(folder, new SecretWatch(List.of()), "local[2,4]");
        Path undisturbed = folder.resolve("undisturbed");
        long started = System.nanoTime();
        succeed(undisturbed);
        Cost cost = new Cost(
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started),
                Math.max(1, LakeFiles.count(undisturbed) / LEAST_KILLS_PER_LAKE_BY_FILES));
        List<String> expected = submission.query(undisturbed, LakeContent.query());

        int kills = 0;
        for (int lakes = 1; kills < KILLS; lakes++) {
            Path lake = folder.resolve("lake-" + lakes);
            project.deleteDatabases();
            LakeObserver reader = LakeObserver.of(lake);
            kills += fillUnderKills(lake, cost, Math.min(MOST_KILLS_PER_LAKE, KILLS - kills));
            requireSameContent(lake, reader, expected);
            TemporaryFolder.deleteTree(lake);
        }
        System.out.println(kills + " kills");
    }

    /** Fills a lake, killed at most so often; returns how often it was. */
    private int fillUnderKills(Path lake, Cost cost, int mostKills) throws Exception {
        int kills = 0;
        while (kills < mostKills) {
            if (!isKilled(lake, cost)) {
                return kills;
            }
            kills++;
        }
        succeed(lake);
        return kills;
    }

    /** Starts the pipeline and kills it at a random moment, if it has not completed by then. */
    private boolean isKilled(Path lake, Cost cost) throws Exception {
        Kill kill = WAYS.get(random.nextInt(WAYS.size()));
        RandomMoment moment = RandomMoment.choose(random, lake, 0, cost);
        KillablePipeline pipeline = KillablePipeline.start(submission, command(lake));
        Submission.Ended ended = pipeline.kill(kill, moment);
        boolean wasKilled = ended.exitCode() != 0;
        List<ProcessHandle> alive = pipeline.alive();
        tell("%s %s %s, having left %d files, with %d processes after it"
                .formatted(
                        lake.getFileName(),
                        wasKilled ? "killed: " + kill : "completed before: " + kill,
                        moment,
                        moment.filesLeft(),
                        alive.size()));
        if (wasKilled) {
            killed.add(pipeline);
            requireExplained(kill, ended, alive);
        }
        // The next one must find its way whether or not what is left of this one has ended.
        if (random.nextBoolean()) {
            pipeline.awaitEnd();
        }
        return wasKilled;
    }

    private void requireExplained(Kill kill, Submission.Ended ended, List<ProcessHandle> alive) {
        assertThat(ended.exitCode()).as("%s%n%s", this, ended.err()).isEqualTo(kill.exitCode());
        boolean hadBegun = ended.err().contains("run " + RUN + " on the lake");
        if (kill == Kill.JOBS) {
            assertThat(ended.message()).as("%s%n%s", this, ended.err()).contains("by signal 9", "--run-id " + RUN);
        } else if (kill.isPolite() && hadBegun) {
            assertThat(ended.err()).as(toString()).contains("interrupted;", "--run-id " + RUN);
        }
        if (kill.isPolite() || kill == Kill.JOBS) {
            assertThat(alive).as("%s%n%s", this, ended.err()).isEmpty();
        }
    }

    private void succeed(Path lake) throws Exception {
        Submission.Ended ended = submission.run(command(lake), "");
        assertThat(ended.exitCode()).as("%s%n%s", this, ended.err()).isZero();
        assertThat(ended.out()).contains("Reconciliation of run " + RUN);
        tell(lake.getFileName() + " completed");
    }

    private ProcessBuilder command(Path lake) {
        List<String> options = List.of("--scale", "0.001", "--dirty-rate", "0.02", "--cores", "2", "--memory", "1g");
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--lake", lake.toString(), "--run-id", RUN));
        return submission.pipelineCommand(project.root(), arguments);
    }

    private void requireSameContent(Path lake, LakeObserver reader, List<String> expected) throws Exception {
        for (KillablePipeline pipeline : killed) {
            pipeline.awaitEnd();
        }
        killed.clear();
        assertThat(reader.versions())
                .as("what a reader saw, %s", this)
                .hasSizeGreaterThanOrEqualTo(TABLES)
                .allSatisfy((version, problem) -> assertThat(problem).isEmpty());
        Rows.assertEqual("the lake after " + this, submission.query(lake, LakeContent.query()), expected);
        String ledger = String.join("\n", submission.query(lake, LakeContent.outputs()));
        assertThat(CatalogFile.dataSnapshots(lake).values())
                .as("versions of which the record of runs tells, %s", this)
                .allSatisfy(version -> assertThat(ledger).contains(version));
        assertThat(project.temporaryFiles()).as("secrets of the killed ones").isEmptyDirectory();
    }

    private void tell(String event) {
        story.add(event);
        System.out.println(event);
    }

    @Override
    public String toString() {
        return "-Dfaults.seed=" + SEED + "\n" + String.join("\n", story);
    }
}
