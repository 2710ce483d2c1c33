package io.retaillake.jobs.gold;

import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.columnar.GroupByHash;
import io.retaillake.common.purchases.AffiliateMonth;
import java.io.Serializable;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Some of an affiliate's month's sales on their way to the task that adds them up: groups, and receipts that are still to be counted. */
final class SalesBlock implements Serializable {

    private static final long serialVersionUID = 1;

    private final AffiliateMonth affiliateMonth;
    private final List<ColumnDictionary> values;

    /** By column and group. */
    private final int[][] codes;

    private final long[] lines;
    private final long[] highCents;
    private final long[] lowCents;
    private final long[] receiptCounts;

    private final ColumnDictionary receipts = new ColumnDictionary();

    /** By pair of a group and a receipt that is not counted. */
    private final int[] groupsOfPairs;

    private final int[] receiptsOfPairs;

    /**
     * Some of {@code sales}.
     *
     * @param groups these groups, with their sums if {@code withSums}
     * @param pairs of positions in {@code groups} and of receipts that are not counted
     */
    SalesBlock(PartSales sales, int[] groups, boolean withSums, long[] pairs) {
        affiliateMonth = sales.affiliateMonth();
        values = ColumnDictionary.none(sales.keys().size());
        codes = new int[values.size()][groups.length];
        int[] codesOfGroup = new int[values.size()];
        for (int i = 0; i < groups.length; i++) {
            sales.groups().codes(groups[i], codesOfGroup);
            for (int key = 0; key < codesOfGroup.length; key++) {
                codes[key][i] = values.get(key).codeOf(sales.values().get(key), codesOfGroup[key]);
            }
        }
        SalesGroups all = sales.groups();
        lines = sums(groups, withSums, all::lines);
        highCents = sums(groups, withSums, all::highCents);
        lowCents = sums(groups, withSums, all::lowCents);
        receiptCounts = sums(groups, withSums, all::receipts);
        groupsOfPairs = new int[pairs.length];
        receiptsOfPairs = new int[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            groupsOfPairs[i] = GroupByHash.first(pairs[i]);
            receiptsOfPairs[i] = receipts.codeOf(sales.receipts(), GroupByHash.second(pairs[i]));
        }
    }

    private static long[] sums(int[] groups, boolean withSums, IntToLongFunction ofGroup) {
        return withSums ? IntStream.of(groups).mapToLong(ofGroup).toArray() : new long[groups.length];
    }

    AffiliateMonth affiliateMonth() {
        return affiliateMonth;
    }

    /** How many groups there are. */
    int groups() {
        return lines.length;
    }

    /** The groups' codes, column by column, as {@code target} gives them. */
    int[][] codes(List<ColumnDictionary> target) {
        return IntStream.range(0, codes.length)
                .mapToObj(key -> codes(values.get(key), codes[key], target.get(key)))
                .toArray(int[][]::new);
    }

    long lines(int group) {
        return lines[group];
    }

    /** As {@link SalesGroups#highCents}. */
    long highCents(int group) {
        return highCents[group];
    }

    /** As {@link SalesGroups#lowCents}. */
    long lowCents(int group) {
        return lowCents[group];
    }

    /** How many receipts of a group are counted. */
    long receipts(int group) {
        return receiptCounts[group];
    }

    /** By pair of a group and a receipt that is not counted, the receipt's code, as {@code target} gives it. */
    int[] receiptCodes(ColumnDictionary target) {
        return codes(receipts, receiptsOfPairs, target);
    }

    /** The group of such a pair. */
    int groupOfPair(int pair) {
        return groupsOfPairs[pair];
    }

    private static int[] codes(ColumnDictionary values, int[] codes, ColumnDictionary target) {
        int[] translated = IntStream.range(0, values.endOfCodes())
                .map(code -> target.codeOf(values, code))
                .toArray();
        return IntStream.of(codes).map(code -> translated[code]).toArray();
    }
}
