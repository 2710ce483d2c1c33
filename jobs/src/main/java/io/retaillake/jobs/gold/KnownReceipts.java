package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.GoldTables.AFFILIATE_OVERVIEW;
import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.retaillake.common.job.Window;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.purchases.AffiliateMonth;
import io.retaillake.common.purchases.PurchaseFile;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/** The numbers of receipts in {@code gold.affiliate_overview} that are as they would be if they were counted again. */
final class KnownReceipts {

    private KnownReceipts() {}

    /**
     * Those of months outside the window whose purchases are in the same files as in the snapshot that the mart was made from. None
     * where the window is everything, where that snapshot has expired, or where something else wrote the mart.
     */
    static Map<AffiliateMonth, Long> of(
            Publication publication, Table purchases, List<PurchaseFile> files, Window window) {
        Set<AffiliateMonth> unchanged = window.isAll() ? Set.of() : unchanged(publication, purchases, files, window);
        return unchanged.isEmpty() ? Map.of() : receipts(publication, unchanged);
    }

    private static Set<AffiliateMonth> unchanged(
            Publication publication, Table purchases, List<PurchaseFile> files, Window window) {
        Map<AffiliateMonth, Set<String>> before = publication
                .before(AFFILIATE_OVERVIEW)
                .map(seal -> seal.inputs().get(PURCHASES.qualifiedName()))
                .flatMap(snapshotId -> PurchaseFile.of(purchases, Long.parseLong(snapshotId)))
                .map(KnownReceipts::paths)
                .orElse(Map.of());
        Map<AffiliateMonth, Set<String>> now = paths(files);
        return now.keySet().stream()
                .filter(partition -> now.get(partition).equals(before.get(partition)))
                .filter(partition -> !window.contains(partition.month()))
                .collect(toSet());
    }

    private static Map<AffiliateMonth, Set<String>> paths(List<PurchaseFile> files) {
        return files.stream()
                .collect(groupingBy(PurchaseFile::affiliateMonth, flatMapping(file -> file.paths().stream(), toSet())));
    }

    private static Map<AffiliateMonth, Long> receipts(Publication publication, Set<AffiliateMonth> wanted) {
        return publication.rowsBefore(AFFILIATE_OVERVIEW).stream()
                .filter(row -> row.getField(MartColumns.MONTH) != null)
                .filter(row -> wanted.contains(affiliateMonth(row)))
                .collect(toMap(KnownReceipts::affiliateMonth, row -> (Long) row.getField(Measures.RECEIPTS)));
    }

    private static AffiliateMonth affiliateMonth(Record row) {
        LocalDate month = (LocalDate) row.getField(MartColumns.MONTH);
        return new AffiliateMonth((String) row.getField(MartColumns.AFFILIATE), YearMonth.from(month));
    }
}
