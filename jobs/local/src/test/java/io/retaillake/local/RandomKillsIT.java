package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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

    private static final int MOST_DELAY_AFTER_FILE_MILLIS = 40;
    private static final int COUNT_INTERVAL_MILLIS = 20;

    private static final List<Job> JOBS = Stream.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD, Stage.REPORT, Stage.VERIFY)
            .flatMap(stage -> Job.of(stage).stream())
            .toList();

    private static final String OUTPUTS_OF_SUCCESSES =
            "SELECT outputs AS line FROM ops.job_runs WHERE status = 'SUCCEEDED'";

    /** What an undisturbed job took: its time, and how many files it left. */
    private record Cost(long millis, int files) {}

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
        Map<Job, Cost> costs = new EnumMap<>(Job.class);
        for (Job job : JOBS) {
            costs.put(job, succeed(job, undisturbed));
        }

        LakeObserver reader = LakeObserver.of(lake);
        int kills = 0;
        for (int i = 0; i < JOBS.size(); i++) {
            Job job = JOBS.get(i);
            // A job that escapes has done its work; what it was spared falls to the next.
            while (kills < KILLS * (i + 1) / JOBS.size() && isKilled(job, lake, costs.get(job))) {
                kills++;
            }
            succeed(job, lake);
        }

        System.out.println(String.join("\n", story) + "\n" + kills + " kills");
        assertThat(reader.versions())
                .as("what a reader saw, -Dfaults.seed=%d%n%s", SEED, String.join("\n", story))
                .hasSizeGreaterThanOrEqualTo(13)
                .allSatisfy((version, problem) -> assertThat(problem).isEmpty());
        String ledger = String.join("\n", submission.query(lake, OUTPUTS_OF_SUCCESSES));
        assertThat(CatalogFile.dataSnapshots(lake).values())
                .as("versions of which the record of runs tells")
                .allSatisfy(version -> assertThat(ledger).contains(version));
        Rows.assertEqual(
                "the lake after kills with -Dfaults.seed=" + SEED,
                submission.query(lake, LakeContent.query()),
                submission.query(undisturbed, LakeContent.query()));
    }

    /** Starts a job and kills it at a random moment, if it has not ended by then. */
    private boolean isKilled(Job job, Path lake, Cost cost) throws Exception {
        boolean byFiles = random.nextInt(3) > 0;
        int file = byFiles ? 1 + random.nextInt(cost.files()) : 0;
        long delayMillis = byFiles
                ? random.nextInt(MOST_DELAY_AFTER_FILE_MILLIS)
                : cost.millis() * (FIRST_PERCENT + random.nextInt(100 - FIRST_PERCENT)) / 100;
        int before = countFiles(lake);
        AtomicLong due = new AtomicLong(byFiles ? Long.MAX_VALUE : afterMillis(delayMillis));
        AtomicLong nextCount = new AtomicLong(afterMillis(0));
        Submission.Ended ended = submission.kill(job, arguments(job, lake), () -> {
            if (due.get() == Long.MAX_VALUE && System.nanoTime() >= nextCount.get()) {
                nextCount.set(afterMillis(COUNT_INTERVAL_MILLIS));
                if (countFiles(lake) - before >= file) {
                    due.set(afterMillis(delayMillis));
                }
            }
            return System.nanoTime() >= due.get();
        });
        story.add("%s %s %s%d ms, having left %d files"
                .formatted(
                        job.simpleName(),
                        ended.exitCode() == KILLED ? "killed" : "ended before it could be killed",
                        byFiles ? "at file " + file + " of " + cost.files() + " and " : "after ",
                        delayMillis,
                        countFiles(lake) - before));
        assertThat(ended.exitCode())
                .as("-Dfaults.seed=%d%n%s%n%s", SEED, String.join("\n", story), ended.err())
                .isIn(KILLED, 0);
        return ended.exitCode() == KILLED;
    }

    private static long afterMillis(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private Cost succeed(Job job, Path lake) throws IOException, InterruptedException {
        int before = countFiles(lake);
        long started = System.nanoTime();
        Submission.Ended ended = submission.submit(job, arguments(job, lake));
        assertThat(ended.exitCode())
                .as("-Dfaults.seed=%d%n%s%n%s", SEED, String.join("\n", story), ended.err())
                .isZero();
        return new Cost(
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started), Math.max(1, countFiles(lake) - before));
    }

    private static int countFiles(Path lake) throws IOException {
        if (!Files.exists(lake)) {
            return 0;
        }
        AtomicInteger count = new AtomicInteger();
        // Spark's and Iceberg's temporary files come and go while they are counted.
        Files.walkFileTree(lake, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                count.addAndGet(file.toString().endsWith(".crc") ? 0 : 1);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return count.get();
    }

    private List<String> arguments(Job job, Path lake) {
        List<String> arguments = new ArrayList<>(List.of("--lake", lake.toString(), "--run-id", "killed-at-random"));
        if (job.readsSource()) {
            arguments.addAll(source.readerOptions());
        }
        return arguments;
    }
}
