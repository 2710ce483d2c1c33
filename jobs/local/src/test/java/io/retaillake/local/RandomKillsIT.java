package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.local.RandomMoment.Cost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every job of a run is killed several times at random moments before it may end, and a reader watches. {@code
 * -Dfaults.seed} repeats the moments, {@code -Dfaults.kills} says how many kills there are.
 */
@Tag("faults")
class RandomKillsIT {

    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("faults.kills", 30);
    private static final int KILLED = 137;

    /** Before that, a job has only begun to start. */
    private static final int FIRST_PERCENT = 30;

    private static final List<JobDefinition> JOBS =
            JobRegistry.load().pipeline().stream().toList();

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final List<String> story = new ArrayList<>();
    private IntegrationSource source;
    private Submission submission;

    @Test
    void inTheEndNothingIsMissingOrDoubled() throws Exception {
        System.out.println("killing with -Dfaults.seed=" + SEED + " -Dfaults.kills=" + KILLS);
        source = new IntegrationSource(folder, "random_kills").fill(0.001, 0.02);
        submission = new Submission(
                folder, new SecretWatch(source.passwords()), "local[2,4]", "spark.sql.shuffle.partitions=2");
        Path undisturbed = folder.resolve("undisturbed");
        Path lake = folder.resolve("lake");
        Map<JobDefinition, Cost> costs = new LinkedHashMap<>();
        for (JobDefinition job : JOBS) {
            costs.put(job, succeed(job, undisturbed));
        }

        LakeObserver reader = LakeObserver.of(lake);
        int kills = 0;
        for (int i = 0; i < JOBS.size(); i++) {
            JobDefinition job = JOBS.get(i);
            // A job that escapes has done its work; what it was spared falls to the next.
            while (kills < KILLS * (i + 1) / JOBS.size() && isKilled(job, lake, costs.get(job))) {
                kills++;
            }
            succeed(job, lake);
        }

        System.out.println(kills + " kills");
        assertThat(reader.versions())
                .as("what a reader saw, -Dfaults.seed=%d%n%s", SEED, String.join("\n", story))
                .hasSizeGreaterThanOrEqualTo(13)
                .allSatisfy((version, problem) -> assertThat(problem).isEmpty());
        String ledger = String.join("\n", submission.query(lake, LakeContent.outputs()));
        assertThat(CatalogFile.dataSnapshots(lake).values())
                .as("versions of which the record of runs tells")
                .allSatisfy(version -> assertThat(ledger).contains(version));
        Rows.assertEqual(
                "the lake after kills with -Dfaults.seed=" + SEED,
                submission.query(lake, LakeContent.query()),
                submission.query(undisturbed, LakeContent.query()));
    }

    /** Starts a job and kills it at a random moment, if it has not ended by then. */
    private boolean isKilled(JobDefinition job, Path lake, Cost cost) throws Exception {
        RandomMoment moment = RandomMoment.choose(random, lake, cost.millis() * FIRST_PERCENT / 100, cost);
        Submission.Ended ended = submission.kill(job, arguments(job, lake), moment);
        tell("%s %s %s, having left %d of %d files"
                .formatted(
                        job.name(),
                        ended.exitCode() == KILLED ? "killed" : "ended before it could be killed",
                        moment,
                        moment.filesLeft(),
                        cost.files()));
        assertThat(ended.exitCode())
                .as("-Dfaults.seed=%d%n%s%n%s", SEED, String.join("\n", story), ended.err())
                .isIn(KILLED, 0);
        return ended.exitCode() == KILLED;
    }

    private void tell(String event) {
        story.add(event);
        System.out.println(event);
    }

    private Cost succeed(JobDefinition job, Path lake) throws IOException, InterruptedException {
        int before = LakeFiles.count(lake);
        long started = System.nanoTime();
        Submission.Ended ended = submission.submit(job, arguments(job, lake));
        assertThat(ended.exitCode())
                .as("-Dfaults.seed=%d%n%s%n%s", SEED, String.join("\n", story), ended.err())
                .isZero();
        return new Cost(
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started),
                Math.max(1, LakeFiles.count(lake) - before));
    }

    private List<String> arguments(JobDefinition job, Path lake) {
        List<String> arguments = new ArrayList<>(List.of("--lake", lake.toString(), "--run-id", "killed-at-random"));
        if (job.connects()) {
            arguments.addAll(source.readerOptions());
        }
        return arguments;
    }
}
