package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.SilverTables.PURCHASES;

import io.retaillake.common.job.Progress;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a mart is made from.
 *
 * @param lake where its tables are
 * @param publication the mart's publication
 * @param snapshotId the snapshot of {@code silver.purchases} to read
 * @param window the months to make
 * @param progress what to tell how far it is
 */
record MartInput(Lake lake, Publication publication, long snapshotId, Window window, Progress progress) {

    /** The purchases of all months. */
    Dataset<Row> purchases() {
        return lake.read(PURCHASES, snapshotId);
    }
}
