package io.retaillake.streaming;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.spark.actions.SparkActions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a stream's tables small while it runs: rewrites the many files of hours that are over, expires the versions that a commit every few
 * seconds leaves, and deletes rejected payloads, which hold personal data, after days.
 *
 * <p>It touches no hour that batches write to in earnest, and appends never conflict with it, so neither makes the other fail; whatever a
 * late event adds to an old hour is rewritten when there are several such files.
 */
final class EventMaintenance {

    private static final Logger LOG = LoggerFactory.getLogger(EventMaintenance.class);

    /** Fewer files of a partition are left as they are. */
    private static final int FILES_WORTH_REWRITING = 5;

    private static final int SNAPSHOTS_KEPT = 5;

    private final Lake lake;
    private final Clock clock;
    private final Duration snapshotAge;
    private final Duration rejectAge;

    /**
     * Maintenance of the tables of a lake.
     *
     * @param snapshotAge how long old versions can be read
     * @param rejectAge how long rejected payloads are kept after their arrival
     */
    EventMaintenance(Lake lake, Clock clock, Duration snapshotAge, Duration rejectAge) {
        this.lake = lake;
        this.clock = clock;
        this.snapshotAge = snapshotAge;
        this.rejectAge = rejectAge;
    }

    /** Does what is due. A failure is logged and tried again the next time: the stream matters more. */
    void run() {
        for (TableContract contract : EventTables.ALL) {
            try {
                lake.find(contract)
                        .filter(table -> table.currentSnapshot() != null)
                        .ifPresent(table -> {
                            if (contract.equals(EventTables.EVENT_REJECTS)) {
                                deleteOldRejects(table);
                            }
                            compact(contract, table);
                            expire(table);
                        });
            } catch (RuntimeException e) {
                LOG.warn("Maintenance of {} failed and will be tried again", contract, e);
            }
        }
    }

    private void deleteOldRejects(Table table) {
        table.newDelete()
                .deleteFromRowFilter(Expressions.lessThan(
                        "arrived_at", micros(clock.instant().minus(rejectAge))))
                .commit();
    }

    private void compact(TableContract contract, Table table) {
        var rewritten = SparkActions.get(lake.spark())
                .rewriteDataFiles(table)
                .binPack()
                .filter(closed(contract))
                .option("min-input-files", Integer.toString(FILES_WORTH_REWRITING))
                .option("max-concurrent-file-group-rewrites", "1")
                .execute();
        if (rewritten.rewrittenDataFilesCount() > 0) {
            LOG.info(
                    "{}: {} files rewritten as {}",
                    contract,
                    rewritten.rewrittenDataFilesCount(),
                    rewritten.addedDataFilesCount());
        }
    }

    /** What the batches of now don't write: whole hours, so that files are rewritten or left as a whole. */
    private Expression closed(TableContract contract) {
        return contract.partitions().isEmpty()
                ? Expressions.alwaysTrue()
                : Expressions.lessThan(contract.partitions().get(0).column(), micros(clock.instant()));
    }

    private void expire(Table table) {
        table.expireSnapshots()
                .expireOlderThan(clock.instant().minus(snapshotAge).toEpochMilli())
                .retainLast(SNAPSHOTS_KEPT)
                .commit();
    }

    /** The beginning of the moment's hour, as Iceberg counts. */
    private static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment.truncatedTo(ChronoUnit.HOURS));
    }
}
