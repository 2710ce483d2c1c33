package io.retaillake.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A moment, chosen at random, in the life of a process that fills a lake: after some time, or shortly after it has left so
 * many files, which is where most can go wrong.
 */
final class RandomMoment implements Submission.Moment {

    private static final int FILES_IN = 3;
    private static final int MOST_DELAY_AFTER_FILE_MILLIS = 40;
    private static final long COUNT_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path lake;
    private final int filesBefore;
    private final String description;
    private final int file;
    private final long delayMillis;
    private long dueNanos;
    private boolean isDue;
    private long nextCountNanos = System.nanoTime();

    private RandomMoment(Path lake, int file, long delayMillis, String description) throws IOException {
        this.lake = lake;
        this.file = file;
        this.delayMillis = delayMillis;
        this.description = description;
        this.filesBefore = LakeFiles.count(lake);
        if (file == 0) {
            begin();
        }
    }

    /**
     * A moment in what begins now.
     *
     * @param leastMillis the shortest time to pass
     * @param most the longest time, and the most files
     */
    static RandomMoment choose(Random random, Path lake, long leastMillis, Cost most) throws IOException {
        if (random.nextInt(FILES_IN) > 0) {
            int file = 1 + random.nextInt(most.files());
            int delay = random.nextInt(MOST_DELAY_AFTER_FILE_MILLIS);
            return new RandomMoment(lake, file, delay, "at file " + file + " and " + delay + " ms");
        }
        long delay = leastMillis + random.nextInt((int) Math.max(1, most.millis() - leastMillis));
        return new RandomMoment(lake, 0, delay, "after " + delay + " ms");
    }

    /**
     * What work on a lake took.
     *
     * @param millis its time
     * @param files how many files it left
     */
    record Cost(long millis, int files) {}

    @Override
    public boolean hasCome() throws IOException {
        if (!isDue && System.nanoTime() >= nextCountNanos) {
            nextCountNanos = System.nanoTime() + COUNT_INTERVAL_NANOS;
            if (filesLeft() >= file) {
                begin();
            }
        }
        return isDue && System.nanoTime() >= dueNanos;
    }

    private void begin() {
        isDue = true;
        dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
    }

    /** How many files there are more than at the beginning. */
    int filesLeft() throws IOException {
        return LakeFiles.count(lake) - filesBefore;
    }

    @Override
    public String toString() {
        return description;
    }
}
