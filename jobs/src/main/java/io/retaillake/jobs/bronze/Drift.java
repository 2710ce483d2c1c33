package io.retaillake.jobs.bronze;

import io.retaillake.common.publish.Publication;
import io.retaillake.common.purchases.PurchaseTotals;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Months outside a run's window that no longer are in bronze what they are in the source. */
final class Drift {

    private static final Logger LOG = LoggerFactory.getLogger(Drift.class);

    private Drift() {}

    /** The months outside {@code scope} whose totals differ, ascending. */
    static List<String> find(PurchaseScope scope, PurchaseTotals source, PurchaseTotals bronze) {
        return source.differingMonths(bronze).stream()
                .filter(month -> !scope.test(month))
                .toList();
    }

    static void report(List<String> months, Publication publication) {
        if (months.isEmpty()) {
            return;
        }
        publication.recordFact("drifted_months", String.join(",", months));
        String first = months.get(0).substring(0, 4) + "-" + months.get(0).substring(4);
        LOG.warn(
                "Months outside the window differ from bronze (changed in the source since, or never extracted): {}. "
                        + "Run the whole pipeline for them (e.g. --from {} --to {}).",
                months,
                first,
                first);
    }
}
