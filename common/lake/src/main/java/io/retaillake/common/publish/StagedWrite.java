package io.retaillake.common.publish;

import java.util.Map;
import org.apache.iceberg.Transaction;

/** What a batch has written beside a table's {@code main}, to be put there. */
interface StagedWrite {

    /** The branch on which it can be inspected until the batch is repeated. */
    String branchName();

    /** How many rows of the batch it holds. */
    long rows();

    /**
     * Puts it into {@code main} as part of a transaction, which may be undone.
     *
     * @param summary what the snapshot is to say of its making
     */
    void addTo(Transaction transaction, Map<String, String> summary);
}
