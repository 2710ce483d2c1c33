package io.retaillake.common.publish;

import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;

/** Who made a snapshot, for messages. */
final class SnapshotMaker {

    private SnapshotMaker() {}

    /** In words, whatever made it; null for none. */
    static String of(Snapshot snapshot) {
        if (snapshot == null) {
            return "a writer outside this library";
        }
        return Seal.of(snapshot)
                .map(seal -> "run " + seal.run().id() + " (" + seal.run().job() + ")")
                .or(() -> BatchMark.of(snapshot).map(mark -> mark.batch().toString()))
                .orElse(
                        DataOperations.REPLACE.equals(snapshot.operation())
                                ? "a compaction (CleanUp)"
                                : "a writer outside this library");
    }
}
