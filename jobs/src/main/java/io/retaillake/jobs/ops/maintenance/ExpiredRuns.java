package io.retaillake.jobs.ops.maintenance;

import io.retaillake.common.lake.Lake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Table;

/**
 * The runs whose tags have served: a run's tags go together on all tables, so that those that are left still reconcile. A
 * run counts as long as it was what readers saw: until the next one published.
 */
final class ExpiredRuns {

    private static final String TAG_PREFIX = Lake.tag("");

    private ExpiredRuns() {}

    /** The ids of the runs beyond the newest that are kept, which were superseded long enough ago. */
    static Set<String> find(Collection<Table> tables, Retention retention) {
        Map<String, Instant> publishedAt = new TreeMap<>();
        for (Table table : tables) {
            table.refs().forEach((name, ref) -> {
                if (ref.isTag() && name.startsWith(TAG_PREFIX)) {
                    Instant time = Instant.ofEpochMilli(
                            table.snapshot(ref.snapshotId()).timestampMillis());
                    publishedAt.merge(
                            name.substring(TAG_PREFIX.length()),
                            time,
                            (one, other) -> one.isAfter(other) ? one : other);
                }
            });
        }
        List<Map.Entry<String, Instant>> newestFirst = new ArrayList<>(publishedAt.entrySet());
        newestFirst.sort(Map.Entry.<String, Instant>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        Set<String> expired = new HashSet<>();
        for (int i = retention.keepRuns(); i < newestFirst.size(); i++) {
            Instant supersededAt = newestFirst.get(i - 1).getValue();
            if (supersededAt.isBefore(retention.snapshotsBefore())) {
                expired.add(newestFirst.get(i).getKey());
            }
        }
        return expired;
    }
}
