package io.retaillake.jobs.gold;

import io.retaillake.common.columnar.GroupByHash;
import io.retaillake.common.columnar.LongDictionary;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import scala.Tuple2;

/**
 * Divides a task's sales into shards by the hashes of their values, so that the same group, or the same receipt, of several tasks meets in
 * one. Blocks are made one after the other, each with its shard's number.
 */
final class SalesBlocks {

    private static final long SEED = 42;
    private static final long[] NO_PAIRS = {};

    private final PartSales sales;

    SalesBlocks(PartSales sales) {
        this.sales = sales;
    }

    /** The groups with their sums. */
    Stream<Tuple2<Integer, SalesBlock>> ofGroups(int shards) {
        int[] shardsOfGroups = shardsOf(sales.groups().size(), shards, this::hashOfGroup);
        return IntStream.range(0, shards)
                .mapToObj(shard -> new Tuple2<>(
                        shard,
                        new SalesBlock(sales, positions(shardsOfGroups, shard).toArray(), true, NO_PAIRS)));
    }

    private long hashOfGroup(int group) {
        int[] codes = new int[sales.keys().size()];
        sales.groups().codes(group, codes);
        long hash = SEED;
        for (int key = 0; key < codes.length; key++) {
            hash = sales.values().get(key).hash(codes[key], hash);
        }
        return hash;
    }

    /** The receipts that are not counted, with their groups and without sums. */
    Stream<Tuple2<Integer, SalesBlock>> ofUncounted(int shards) {
        LongDictionary pairs = sales.groups().uncounted();
        int[] shardsOfPairs = shardsOf(
                pairs.size(), shards, pair -> sales.receipts().hash(GroupByHash.second(pairs.value(pair)), SEED));
        return IntStream.range(0, shards)
                .mapToObj(shard -> new Tuple2<>(
                        shard, ofPairs(positions(shardsOfPairs, shard).mapToLong(pairs::value))));
    }

    private SalesBlock ofPairs(LongStream pairs) {
        LongDictionary groups = new LongDictionary();
        long[] pairsInBlock = pairs.map(
                        pair -> GroupByHash.pair(groups.numberOf(GroupByHash.first(pair)), GroupByHash.second(pair)))
                .toArray();
        int[] known = IntStream.range(0, groups.size())
                .map(number -> (int) groups.value(number))
                .toArray();
        return new SalesBlock(sales, known, false, pairsInBlock);
    }

    private static int[] shardsOf(int count, int shards, IntToLongFunction hash) {
        return shards == 1
                ? new int[count]
                : IntStream.range(0, count)
                        .map(i -> (int) Long.remainderUnsigned(hash.applyAsLong(i), shards))
                        .toArray();
    }

    private static IntStream positions(int[] shards, int shard) {
        return IntStream.range(0, shards.length).filter(i -> shards[i] == shard);
    }
}
