package io.retaillake.common.purchases;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.Serializable;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The data files with all purchases of one affiliate and month.
 *
 * @param locations where they are
 * @param rows how many rows they have
 */
public record PurchasePartition(String affiliate, int year, int month, List<String> locations, long rows)
        implements Serializable {

    /**
     * The partitions of {@code files} whose month is wanted, the largest first; nothing where files are not Parquet or have deleted
     * rows, as other tools than this library leave them.
     */
    public static Optional<List<PurchasePartition>> of(List<PurchaseFile> files, Predicate<YearMonth> isWanted) {
        if (!files.stream().allMatch(PurchaseFile::isPlainParquet)) {
            return Optional.empty();
        }
        return Optional.of(files.stream()
                .filter(file -> isWanted.test(file.month()))
                .collect(groupingBy(PurchaseFile::affiliateMonth, toList()))
                .values()
                .stream()
                .map(PurchasePartition::of)
                .sorted(Comparator.comparingLong(PurchasePartition::rows).reversed())
                .toList());
    }

    public AffiliateMonth affiliateMonth() {
        return new AffiliateMonth(affiliate, YearMonth.of(year, month));
    }

    private static PurchasePartition of(List<PurchaseFile> files) {
        PurchaseFile first = files.get(0);
        return new PurchasePartition(
                first.affiliate(),
                first.month().getYear(),
                first.month().getMonthValue(),
                files.stream().flatMap(file -> file.paths().stream()).sorted().toList(),
                files.stream().mapToLong(PurchaseFile::rows).sum());
    }
}
