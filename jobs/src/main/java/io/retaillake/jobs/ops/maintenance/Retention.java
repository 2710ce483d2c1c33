package io.retaillake.jobs.ops.maintenance;

import java.time.Duration;
import java.time.Instant;

/**
 * What a clean-up keeps.
 *
 * @param now the time that ages are counted to
 * @param snapshotAge untagged snapshots younger than this stay, and so do the tags of runs that were current in it
 * @param keepRuns how many runs keep their tags, whatever their age
 * @param branchAge branches of unpublished runs stay this long after the run last touched them
 * @param orphanAge files that no table knows stay this long after they were written
 * @param smallFiles how many small files of one partition are worth rewriting; 0 for none
 */
record Retention(
        Instant now, Duration snapshotAge, int keepRuns, Duration branchAge, Duration orphanAge, int smallFiles) {

    Instant snapshotsBefore() {
        return now.minus(snapshotAge);
    }

    Instant branchesBefore() {
        return now.minus(branchAge);
    }

    Instant orphansBefore() {
        return now.minus(orphanAge);
    }
}
