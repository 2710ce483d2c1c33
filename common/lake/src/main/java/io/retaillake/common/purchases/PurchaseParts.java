package io.retaillake.common.purchases;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Divides affiliates' months among tasks, by what Iceberg's metadata say of their files: a task needs memory and time for one part, and a
 * part has a bounded number of rows, whatever the month. A month that is one part needs no shuffle to be grouped.
 */
public final class PurchaseParts {

    /** About what a core reads in half a second; its keys and groups take some hundred megabytes at most. */
    static final long MOST_ROWS = 1_000_000;

    /** Below, to add parts up takes longer than to read them one after the other. */
    static final long FEWEST_ROWS = 250_000;

    private static final int TASKS_PER_CORE = 2;

    /** A part may be longer by one in so many of its rows, so that no file is read by two tasks for a few of its own. */
    private static final int NEAR = 8;

    private PurchaseParts() {}

    /**
     * The parts of those {@code files} whose month is wanted, the largest month first; nothing where files are not Parquet or have deleted
     * rows, as other tools than this library leave them.
     */
    public static Optional<List<PurchasePart>> of(
            JavaSparkContext context, List<PurchaseFile> files, Predicate<YearMonth> isWanted) {
        return of(files, isWanted, rowsOfAPart(context, files, isWanted));
    }

    /** The same with about so many rows in a part, and at most half as many more. */
    public static Optional<List<PurchasePart>> of(
            List<PurchaseFile> files, Predicate<YearMonth> isWanted, long rowsOfAPart) {
        return files.stream().allMatch(PurchaseFile::isPlainParquet)
                ? Optional.of(months(files, isWanted).stream()
                        .sorted(Comparator.comparingLong(PurchaseParts::rows).reversed())
                        .flatMap(month -> parts(month, rowsOfAPart).stream())
                        .toList())
                : Optional.empty();
    }

    /** Whether each wanted affiliate's month is one part: not too much for one task, and enough of them for the cores. */
    public static boolean areMonths(JavaSparkContext context, List<PurchaseFile> files, Predicate<YearMonth> isWanted) {
        long rowsOfAPart = rowsOfAPart(context, files, isWanted);
        return months(files, isWanted).stream().allMatch(month -> count(rows(month), rowsOfAPart) == 1);
    }

    private static Collection<List<PurchaseFile>> months(List<PurchaseFile> files, Predicate<YearMonth> isWanted) {
        return files.stream()
                .filter(file -> isWanted.test(file.month()))
                .collect(groupingBy(PurchaseFile::affiliateMonth, toList()))
                .values();
    }

    private static long rows(List<PurchaseFile> files) {
        return files.stream().mapToLong(PurchaseFile::rows).sum();
    }

    private static long rowsOfAPart(JavaSparkContext context, List<PurchaseFile> files, Predicate<YearMonth> isWanted) {
        return rowsOfAPart(
                months(files, isWanted).stream().map(PurchaseParts::rows).toList(),
                TASKS_PER_CORE * context.defaultParallelism());
    }

    static long rowsOfAPart(List<Long> rowsOfMonths, int wantedTasks) {
        int tasks =
                rowsOfMonths.stream().mapToInt(rows -> count(rows, MOST_ROWS)).sum();
        long all = rowsOfMonths.stream().mapToLong(Long::longValue).sum();
        return tasks >= wantedTasks ? MOST_ROWS : Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, all / wantedTasks));
    }

    /** Into how many parts so many rows are divided: each has at most half as many more as it should. */
    private static int count(long rows, long rowsOfAPart) {
        return (int) Math.max(1, (rows + rowsOfAPart / 2) / rowsOfAPart);
    }

    /** Files whose receipt numbers are near come together, so that few receipts are in several parts. */
    private static List<PurchasePart> parts(List<PurchaseFile> month, long rowsOfAPart) {
        List<PurchaseFile> files =
                month.stream().sorted(PurchaseFile.BY_RECEIPT).toList();
        long rows = rows(files);
        int count = count(rows, rowsOfAPart);
        long[] cuts = LongStream.rangeClosed(0, count)
                .map(part -> cut(files, rows * part / count, rows / count))
                .distinct()
                .toArray();
        return IntStream.range(1, cuts.length)
                .mapToObj(part -> part(files, cuts[part - 1], cuts[part], cuts.length == 2))
                .toList();
    }

    /** Where to cut, as so many rows before it: where a file ends, unless that one is long enough for two parts. */
    private static long cut(List<PurchaseFile> files, long wanted, long rowsOfAPart) {
        long start = 0;
        for (PurchaseFile file : files) {
            long end = start + file.rows();
            if (wanted <= end) {
                long nearest = wanted - start < end - wanted ? start : end;
                boolean isNear = Math.abs(nearest - wanted) <= rowsOfAPart / NEAR;
                return isNear || count(file.rows(), Math.max(1, rowsOfAPart)) == 1 ? nearest : wanted;
            }
            start = end;
        }
        return wanted;
    }

    private static PurchasePart part(List<PurchaseFile> files, long from, long to, boolean isWhole) {
        List<FileSlice> slices = new ArrayList<>();
        List<ReceiptRange> receipts = new ArrayList<>();
        long start = 0;
        for (PurchaseFile file : files) {
            long first = Math.max(0, from - start);
            long end = Math.min(file.rows(), to - start);
            if (first < end) {
                slices.add(new FileSlice(file.location(), first, end - first));
                receipts.add(file.receipts());
            }
            start += file.rows();
        }
        return new PurchasePart(
                files.get(0).affiliateMonth(),
                slices,
                isWhole,
                receipts.stream().reduce(ReceiptRange::span).orElse(ReceiptRange.ALL));
    }
}
