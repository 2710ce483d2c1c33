package io.retaillake.common.purchases;

import static io.retaillake.common.contract.SilverTables.PURCHASES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/**
 * What Iceberg's metadata say of a data file of {@code silver.purchases}. Nothing of the file itself is read.
 *
 * @param affiliate the affiliate of all its rows
 * @param month the month of all its rows
 * @param paths the file, and the files that say which of its rows were deleted
 * @param rows their number
 * @param isPlainParquet whether it is a Parquet file that is not encrypted and of which no row was deleted
 * @param receipts a range that has all of its receipt numbers and may be wider
 */
public record PurchaseFile(
        String affiliate,
        YearMonth month,
        Set<String> paths,
        long rows,
        boolean isPlainParquet,
        ReceiptRange receipts) {

    public static final String RECEIPT = "receipt_no";

    /** Files by where their receipt numbers begin. */
    static final Comparator<PurchaseFile> BY_RECEIPT =
            Comparator.comparing(PurchaseFile::receipts, ReceiptRange.BY_FIRST).thenComparing(PurchaseFile::location);

    /**
     * The files of a snapshot of {@code purchases}; nothing where the snapshot has expired, or where files of it are
     * partitioned otherwise than this version does.
     */
    public static Optional<List<PurchaseFile>> of(Table purchases, long snapshotId) {
        if (purchases.snapshot(snapshotId) == null) {
            return Optional.empty();
        }
        PartitionSpec byAffiliateAndMonth = PURCHASES.partitionSpec(purchases.schema());
        List<PurchaseFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = purchases
                .newScan()
                .useSnapshot(snapshotId)
                .includeColumnStats(Set.of(RECEIPT))
                .planFiles()) {
            for (FileScanTask task : tasks) {
                if (!task.spec().compatibleWith(byAffiliateAndMonth)) {
                    return Optional.empty();
                }
                files.add(of(task, purchases.schema().findField(RECEIPT).fieldId()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(files);
    }

    /** The file itself; to be asked only of one whose rows are all there. */
    String location() {
        return paths.stream().min(Comparator.naturalOrder()).orElseThrow();
    }

    public AffiliateMonth affiliateMonth() {
        return new AffiliateMonth(affiliate, month);
    }

    private static PurchaseFile of(FileScanTask task, int receiptField) {
        StructLike partition = task.file().partition();
        return new PurchaseFile(
                partition.get(0, String.class),
                YearMonth.of(partition.get(1, Integer.class), partition.get(2, Integer.class)),
                Stream.concat(Stream.of(task.file()), task.deletes().stream())
                        .map(ContentFile::location)
                        .collect(Collectors.toUnmodifiableSet()),
                task.file().recordCount(),
                task.deletes().isEmpty()
                        && task.file().format() == FileFormat.PARQUET
                        && task.file().keyMetadata() == null,
                new ReceiptRange(
                        bound(task.file().lowerBounds(), receiptField),
                        bound(task.file().upperBounds(), receiptField)));
    }

    /** Iceberg shortens long text in its statistics, so that the bound is never too narrow. */
    private static String bound(Map<Integer, ByteBuffer> bounds, int field) {
        ByteBuffer bound = bounds == null ? null : bounds.get(field);
        return bound == null
                ? null
                : Conversions.fromByteBuffer(Types.StringType.get(), bound).toString();
    }
}
