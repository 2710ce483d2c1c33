package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.SourcePositions;
import java.util.Optional;
import org.apache.iceberg.Table;

/**
 * How far a table is expected to be with a query other than the one that writes to it: what was worked out from that holds no longer when
 * another process has taken it further.
 *
 * @param query the other query
 * @param reached up to where the table holds it; none where it holds nothing of it
 */
record ExpectedProgress(String query, Optional<SourcePositions> reached) {

    /**
     * Looks at a version of the table.
     *
     * @throws JobException exit code 3 if it is further, or not so far
     */
    void require(TableContract contract, Table table, Batch batch) {
        Optional<SourcePositions> now = QueryProgress.of(table, query).map(QueryProgress::reached);
        if (!now.equals(reached)) {
            throw JobException.badData(
                    batch + " was not put into " + contract + ": it was made when the table held query "
                            + query + " up to " + reached.orElse(SourcePositions.NONE) + ", and now it holds it up to "
                            + now.orElse(SourcePositions.NONE)
                            + ".\nAnother process runs the same query. Let one of the two run; started again, it goes on where the"
                            + " lake is.");
        }
    }
}
