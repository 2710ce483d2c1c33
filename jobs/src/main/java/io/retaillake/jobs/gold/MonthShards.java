package io.retaillake.jobs.gold;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import io.retaillake.common.purchases.AffiliateMonth;
import io.retaillake.common.purchases.PurchasePart;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shards of affiliates' months, each of one month: what their parts have in common is divided among them.
 *
 * @param shards by affiliate's month
 * @param total how many all months have
 */
record MonthShards(Map<AffiliateMonth, Range> shards, int total) implements Serializable {

    /**
     * The shards of one month.
     *
     * @param first the number of its first
     * @param count how many it has
     */
    record Range(int first, int count) implements Serializable {

        /** The number, among all months', of one of this month's. */
        int number(int shard) {
            return first + shard % count;
        }
    }

    /** One for each {@code rowsForAShard} of a month. */
    static MonthShards of(List<PurchasePart> parts, long rowsForAShard) {
        Map<AffiliateMonth, Range> shards = new HashMap<>();
        int total = 0;
        Map<AffiliateMonth, Long> rowsOfMonths =
                parts.stream().collect(groupingBy(PurchasePart::affiliateMonth, summingLong(PurchasePart::rows)));
        for (Map.Entry<AffiliateMonth, Long> month : rowsOfMonths.entrySet()) {
            int count = Math.toIntExact(1 + (month.getValue() - 1) / rowsForAShard);
            shards.put(month.getKey(), new Range(total, count));
            total += count;
        }
        return new MonthShards(shards, total);
    }

    Range of(AffiliateMonth month) {
        return shards.get(month);
    }
}
