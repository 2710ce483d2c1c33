package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.GoldTables.AFFILIATE_OVERVIEW;
import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.retaillake.common.job.Window;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.silver.PurchaseFile;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.Table;

/** Which months of {@code gold.affiliate_overview} are as they would be if they were made again. */
final class KeptMonths {

    private KeptMonths() {}

    /**
     * Months outside the window whose purchases are in the same files as in the snapshot that the mart was made from. None
     * where the window is everything, where that snapshot has expired, or where something else wrote the mart.
     */
    static Set<YearMonth> of(Publication publication, Table purchases, List<PurchaseFile> files, Window window) {
        if (window.isAll()) {
            return Set.of();
        }
        return publication
                .before(AFFILIATE_OVERVIEW)
                .map(seal -> seal.inputs().get(PURCHASES.qualifiedName()))
                .flatMap(snapshotId -> PurchaseFile.of(purchases, Long.parseLong(snapshotId)))
                .map(before -> unchanged(before, files))
                .map(months -> without(months, window.months()))
                .orElse(Set.of());
    }

    private static Set<YearMonth> unchanged(List<PurchaseFile> before, List<PurchaseFile> now) {
        Map<YearMonth, Set<String>> pathsBefore = pathsByMonth(before);
        Map<YearMonth, Set<String>> paths = pathsByMonth(now);
        paths.entrySet().removeIf(month -> !month.getValue().equals(pathsBefore.get(month.getKey())));
        return paths.keySet();
    }

    private static Map<YearMonth, Set<String>> pathsByMonth(List<PurchaseFile> files) {
        return files.stream()
                .collect(groupingBy(
                        PurchaseFile::month, TreeMap::new, flatMapping(file -> file.paths().stream(), toSet())));
    }

    private static Set<YearMonth> without(Set<YearMonth> months, List<YearMonth> remade) {
        Set<YearMonth> kept = new TreeSet<>(months);
        remade.forEach(kept::remove);
        return kept;
    }
}
