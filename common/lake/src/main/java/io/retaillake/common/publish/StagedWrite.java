package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;

/** What a batch has written beside a table's {@code main}, to be put there. */
interface StagedWrite {

    /** The branch on which it can be inspected until the batch is repeated. */
    String branchName();

    /** How many rows of the batch it holds. */
    long rows();

    /** Puts it on the branch, if it is not there yet: it will not be published, and somebody may want to know why. */
    default void keepOnBranch(TableContract contract, Table table) {}

    /**
     * Puts it into {@code main} as part of a transaction, which may be undone.
     *
     * @param summary what the snapshot is to say of its making
     */
    void addTo(Transaction transaction, Map<String, String> summary);
}
