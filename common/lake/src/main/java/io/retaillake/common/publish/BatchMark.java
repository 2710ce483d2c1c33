package io.retaillake.common.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.SourcePositions;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * What a table says of a batch that it holds, as JSON: in the summary of the batch's snapshot, and, of each query's newest batch,
 * in a property of the table, which is there for as long as the table is, while snapshots expire. Both change in one commit.
 *
 * @param batch the batch
 * @param reached the positions of all partitions of the query up to which the table holds the source
 * @param rows how many rows of the batch were appended to the table or merged into it
 * @param snapshotId the batch's snapshot; null in that snapshot's own summary
 */
record BatchMark(Batch batch, SourcePositions reached, long rows, Long snapshotId) {

    static final String SUMMARY = "retail-lake.batch";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The table property that has the newest mark of a query. */
    static String property(String query) {
        return SUMMARY + "." + query;
    }

    /** Of a query's newest batch. */
    static Optional<BatchMark> newest(Table table, String query) {
        String name = property(query);
        return Optional.ofNullable(table.properties().get(name))
                .map(json -> fromJson("The property " + name + " of " + table.name(), json));
    }

    /** Of the batch whose snapshot this is; none if no batch made it. */
    static Optional<BatchMark> of(Snapshot snapshot) {
        return Optional.ofNullable(snapshot.summary().get(SUMMARY))
                .map(json -> fromJson("The summary of snapshot " + snapshot.snapshotId(), json)
                        .in(snapshot.snapshotId()));
    }

    BatchMark in(long snapshot) {
        return new BatchMark(batch, reached, rows, snapshot);
    }

    String toJson() {
        return Seal.toJson(this);
    }

    private static BatchMark fromJson(String where, String json) {
        try {
            return JSON.readValue(json, BatchMark.class);
        } catch (JsonProcessingException e) {
            throw JobException.outsideSystem(
                    where + " is not what this version writes, so it is not known which batches the table holds: "
                            + json
                            + "\nUse the version that wrote it; a property that was changed by hand is put right by the JSON in"
                            + " the summary of the query's newest snapshot, under " + SUMMARY + ".",
                    e);
        }
    }
}
