package io.retaillake.jobs.ops.report;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.retaillake.common.sales.SalesBy;
import io.retaillake.jobs.ops.verify.OverviewSales;
import io.retaillake.jobs.ops.verify.OverviewSales.Affiliate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The affiliates that a page compares: all of them, or, of more than {@link #MOST}, the largest, and the others as if they were one. Nobody
 * reads a page of thousands, and no browser shows it.
 *
 * @param named the codes of those that are shown by themselves
 * @param others what the others are called, of which there are several; nothing where there are none
 */
record ShownAffiliates(Set<String> named, Optional<String> others) {

    /** The most that a page shows, the others included. */
    static final int MOST = 12;

    /** The largest by amount in the months covered, ties by their codes. */
    static ShownAffiliates of(OverviewSales overview) {
        SortedMap<String, Affiliate> affiliates = overview.affiliates();
        if (affiliates.size() <= MOST) {
            return new ShownAffiliates(Set.copyOf(affiliates.keySet()), Optional.empty());
        }
        LargestSales largest = new LargestSales(MOST - 1, sales -> sales.amount());
        affiliates.forEach((code, affiliate) -> largest.add(List.of(), List.of(code), affiliate.sales()));
        Set<String> named = largest.keys().map(key -> (String) key.get(0)).collect(toUnmodifiableSet());
        return new ShownAffiliates(named, Optional.of("+" + (affiliates.size() - named.size())));
    }

    /** What an affiliate is shown as: itself, or the others. */
    String name(String affiliate) {
        return named.contains(affiliate) ? affiliate : others.orElse(affiliate);
    }

    /** Sales by columns of which one is the affiliate. */
    SalesBy in(SalesBy sales) {
        return others.isEmpty() ? sales : sales.renamed("affiliate", this::name);
    }

    /** Affiliates by their codes. */
    SortedMap<String, Affiliate> in(SortedMap<String, Affiliate> affiliates) {
        SortedMap<String, Affiliate> shown = new TreeMap<>();
        affiliates.forEach((code, affiliate) -> shown.merge(name(code), affiliate, Affiliate::plus));
        return shown;
    }

    /** Affiliates by their codes and months. */
    Map<List<Object>, Affiliate> in(Map<List<Object>, Affiliate> months) {
        Map<List<Object>, Affiliate> shown = new HashMap<>();
        months.forEach((key, affiliate) ->
                shown.merge(List.of(name((String) key.get(0)), key.get(1)), affiliate, Affiliate::plus));
        return shown;
    }
}
