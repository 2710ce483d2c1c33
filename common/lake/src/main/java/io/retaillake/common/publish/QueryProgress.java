package io.retaillake.common.publish;

import io.retaillake.common.job.SourcePositions;
import java.util.Optional;
import org.apache.iceberg.Table;

/**
 * How far a table has come with a query that is written batch by batch. It lies in the table, so a query needs no other memory to go
 * on where it was.
 *
 * @param newest the newest batch that the table holds
 * @param reached the positions of all partitions up to which the table holds the source
 */
public record QueryProgress(Batch newest, SourcePositions reached) {

    /** Of a query; none if the table holds no batch of it. */
    public static Optional<QueryProgress> of(Table table, String query) {
        return BatchMark.newest(table, query).map(mark -> new QueryProgress(mark.batch(), mark.reached()));
    }
}
