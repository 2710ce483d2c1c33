package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * A run that was cut off and is repeated after another one went through. Its inputs are as old as its first attempt; what it
 * would publish from them must not take the place of what the other made from newer ones.
 */
final class OvertakenRun {

    private OvertakenRun() {}

    /**
     * Makes sure that what a table holds was not made from a newer version of an input than {@code run} reads.
     *
     * @param published what the run would replace
     * @param snapshotId the input's snapshot that the run reads
     * @throws JobException exit code 2 naming the newer run
     */
    static void refuse(
            Run run,
            TableContract contract,
            Optional<Seal> published,
            TableContract inputContract,
            Table input,
            long snapshotId) {
        published
                .filter(seal -> isNewer(input, seal.inputs().get(inputContract.qualifiedName()), snapshotId))
                .ifPresent(seal -> {
                    throw JobException.badArguments(
                            contract + " was published by run " + seal.run().id() + " from a newer "
                                    + inputContract + " than run " + run.id()
                                    + " has: what this run would publish is out of date, so nothing was written."
                                    + "\nRun the whole pipeline for these months again with another --run-id, or none.");
                });
    }

    /** Whether a recorded snapshot came after another one; not if it has expired, for then it is older than what runs still read. */
    private static boolean isNewer(Table input, String recorded, long snapshotId) {
        if (recorded == null) {
            return false;
        }
        long recordedId = Long.parseLong(recorded);
        return recordedId != snapshotId
                && input.snapshot(recordedId) != null
                && SnapshotUtil.isAncestorOf(input, recordedId, snapshotId);
    }
}
