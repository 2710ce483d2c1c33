package io.retaillake.jobs.gold;

import io.retaillake.common.purchases.AffiliateMonth;
import io.retaillake.common.purchases.PartTasks;
import io.retaillake.common.purchases.PurchasePart;
import io.retaillake.common.purchases.SharedReceipts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Counts different customers, and receipts of months of several parts. A task, or shard, has those whose hashes are its own, of all months
 * one after the other.
 */
final class OverviewShards {

    private static final long ROWS_FOR_A_SHARD = 1_000_000;

    private final DifferentValues<AffiliateMonth> customers = new DifferentValues<>();
    private final DifferentValues<String> customersOfWholePeriod = new DifferentValues<>();
    private final DifferentValues<AffiliateMonth> receipts = new DifferentValues<>();
    private final List<OverviewMeasures> figures = new ArrayList<>();

    private OverviewShards() {}

    /**
     * The figures of {@code parts}, which must be all of their months, as {@link OverviewRows} takes them. Costs a scan, and a shuffle of
     * each part's different customers and, where a month is several parts, of the receipts that these may share.
     */
    static List<OverviewMeasures> figures(
            JavaSparkContext context, Table table, List<PurchasePart> parts, Map<AffiliateMonth, Long> knownReceipts) {
        long rows = parts.stream().mapToLong(PurchasePart::rows).sum();
        int shards = Math.toIntExact(1 + rows / ROWS_FOR_A_SHARD);
        Broadcast<Table> shared = context.broadcast(SerializableTableWithSize.copyOf(table));
        try {
            List<PurchasePart> divided = parts.stream()
                    .filter(part -> !part.isWhole() && !knownReceipts.containsKey(part.affiliateMonth()))
                    .toList();
            Broadcast<SharedReceipts> sharedReceipts =
                    context.broadcast(SharedReceipts.ofParts(divided).narrowed(context, shared, divided));
            List<OverviewMeasures> figures = new ArrayList<>(PartTasks.of(context, parts)
                    .flatMapToPair(part -> PartOverview.of(
                                    shared.value(),
                                    part,
                                    !knownReceipts.containsKey(part.affiliateMonth()),
                                    part.isWhole() ? SharedReceipts.NONE : sharedReceipts.value())
                            .blocks(shards)
                            .iterator())
                    .partitionBy(new HashPartitioner(shards))
                    .values()
                    .mapPartitions(OverviewShards::figures)
                    .collect());
            parts.stream()
                    .map(PurchasePart::affiliateMonth)
                    .distinct()
                    .filter(knownReceipts::containsKey)
                    .forEach(month -> figures.add(
                            OverviewMeasures.numbers(month.affiliate(), month.month(), knownReceipts.get(month), 0)));
            return figures;
        } finally {
            shared.destroy();
        }
    }

    private static Iterator<OverviewMeasures> figures(Iterator<OverviewBlock> blocks) {
        OverviewShards shard = new OverviewShards();
        blocks.forEachRemaining(shard::add);
        return shard.figures().iterator();
    }

    private void add(OverviewBlock block) {
        if (block.measures() != null) {
            figures.add(block.measures());
        }
        customers.add(block.affiliateMonth(), block.customers());
        customersOfWholePeriod.add(block.affiliateMonth().affiliate(), block.customers());
        receipts.add(block.affiliateMonth(), block.receipts());
    }

    private List<OverviewMeasures> figures() {
        customers.forEach(
                (month, count) -> figures.add(OverviewMeasures.numbers(month.affiliate(), month.month(), 0, count)));
        customersOfWholePeriod.forEach(
                (affiliate, count) -> figures.add(OverviewMeasures.numbers(affiliate, null, 0, count)));
        receipts.forEach(
                (month, count) -> figures.add(OverviewMeasures.numbers(month.affiliate(), month.month(), count, 0)));
        return figures;
    }
}
