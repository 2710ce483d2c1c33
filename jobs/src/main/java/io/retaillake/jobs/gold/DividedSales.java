package io.retaillake.jobs.gold;

import io.retaillake.common.purchases.PartTasks;
import io.retaillake.common.purchases.PurchasePart;
import io.retaillake.common.purchases.SharedReceipts;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * The sales of affiliates' months that are read in several parts. A part's task makes groups of its lines, and counts the receipts that no
 * other part can have; other tasks add these groups up. Receipts that several parts may have are first sent, with their groups, to where
 * all lines of a receipt meet and are counted.
 */
final class DividedSales {

    /** A task that adds up has no more groups than this, as a part's has; a month of so many rows becomes one file. */
    private static final long ROWS_FOR_A_SHARD = 2_000_000;

    /** The same where receipts are counted, of which there may be as many as rows. */
    private static final long ROWS_FOR_A_SHARD_OF_RECEIPTS = 1_000_000;

    private DividedSales() {}

    /** The sales of {@code parts}, which must be all of their months: each group once. Costs a shuffle of the parts' groups, or two. */
    static JavaRDD<PartSales> of(
            JavaSparkContext context, Broadcast<Table> silver, List<PurchasePart> parts, MartColumns columns) {
        SharedReceipts sharedReceipts = columns.withReceipts()
                ? SharedReceipts.ofParts(parts).narrowed(context, silver, parts)
                : SharedReceipts.NONE;
        Broadcast<SharedReceipts> shared = context.broadcast(sharedReceipts);
        JavaRDD<PartSales> sales =
                PartTasks.of(context, parts).map(part -> PartSales.of(silver.value(), part, columns, shared.value()));
        MonthShards ofGroups = MonthShards.of(parts, ROWS_FOR_A_SHARD);
        if (!sharedReceipts.areNone()) {
            MonthShards ofReceipts = MonthShards.of(parts, ROWS_FOR_A_SHARD_OF_RECEIPTS);
            sales = addUp(sales, columns, ofReceipts, part -> {
                SalesBlocks blocks = new SalesBlocks(part);
                return Stream.concat(
                        blocks.ofGroups(ofGroups.of(part.affiliateMonth()).count()),
                        blocks.ofUncounted(ofReceipts.of(part.affiliateMonth()).count()));
            });
        }
        return addUp(
                sales,
                columns,
                ofGroups,
                part -> new SalesBlocks(part)
                        .ofGroups(ofGroups.of(part.affiliateMonth()).count()));
    }

    /** How a task's sales are divided; serializable, because other processes do it. */
    private interface Division extends Function<PartSales, Stream<Tuple2<Integer, SalesBlock>>>, Serializable {}

    private static JavaRDD<PartSales> addUp(
            JavaRDD<PartSales> sales, MartColumns columns, MonthShards shards, Division blocks) {
        return sales.flatMapToPair(part -> blocks.apply(part)
                        .map(block ->
                                new Tuple2<>(shards.of(part.affiliateMonth()).number(block._1()), block._2()))
                        .iterator())
                .partitionBy(new HashPartitioner(shards.total()))
                .values()
                .mapPartitions(shard -> addUp(shard, columns));
    }

    /** Adds up a shard, all blocks of which are of the same month. */
    private static Iterator<PartSales> addUp(Iterator<SalesBlock> shard, MartColumns columns) {
        if (!shard.hasNext()) {
            return Collections.emptyIterator();
        }
        SalesBlock first = shard.next();
        PartSales sales = PartSales.none(first.affiliateMonth(), columns);
        sales.add(first);
        shard.forEachRemaining(sales::add);
        return List.of(sales).iterator();
    }
}
