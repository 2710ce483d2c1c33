package io.retaillake.jobs.ops.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.sales.Sales;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;

/** Tables of a report that would be long: their largest rows. Amounts are in KRW. */
final class ReportTopRows {

    /** The most categories and products of an affiliate that a page holds by name. */
    static final int MOST_CATEGORIES = 40;

    static final int MOST_PRODUCTS = 20;

    /** What {@link #ages} is made from. */
    static final List<String> AGE = List.of("affiliate", "main_category_desc", "age_group");

    /** What {@link #products} is made from. */
    static final List<String> PRODUCT = SilverTables.PRODUCT_COLUMNS;

    private static final Comparator<Sales> BY_AMOUNT = Comparator.comparing(Sales::amount);
    private static final Comparator<Sales> BY_PURCHASES = Comparator.comparing(Sales::purchases);

    private ReportTopRows() {}

    /**
     * Sales by affiliate, main category and age group, null where unknown. An affiliate's categories after the {@link
     * #MOST_CATEGORIES} largest are one, marked {@code other}.
     */
    static ReportSection ages(Map<List<Object>, Sales> byCategoryAndAge) {
        Map<List<Object>, Sales> categories = new HashMap<>();
        byCategoryAndAge.forEach((key, sales) -> categories.merge(category(key), sales, Sales::plus));
        Set<List<Object>> named = largest(categories, MOST_CATEGORIES, BY_AMOUNT);
        Map<List<Object>, Sales> ages = new HashMap<>();
        byCategoryAndAge.forEach((key, sales) -> {
            boolean other = !named.contains(category(key));
            ages.merge(Arrays.asList(key.get(0), other, other ? null : key.get(1), key.get(2)), sales, Sales::plus);
        });
        return ReportSection.of(List.of("affiliate", "other", "category", "age_group"), ages);
    }

    private static List<Object> category(List<Object> key) {
        return key.subList(0, 2);
    }

    /** Sales by product: each affiliate's {@link #MOST_PRODUCTS} largest by amount and those by purchases. */
    static ReportSection products(Map<List<Object>, Sales> byProduct) {
        Set<List<Object>> largest = new HashSet<>(largest(byProduct, MOST_PRODUCTS, BY_AMOUNT));
        largest.addAll(largest(byProduct, MOST_PRODUCTS, BY_PURCHASES));
        Map<List<Object>, Sales> products = new HashMap<>(byProduct);
        products.keySet().retainAll(largest);
        return ReportSection.of(PRODUCT, products);
    }

    /** The keys of each affiliate's largest groups; ties in the order of the keys. */
    private static Set<List<Object>> largest(Map<List<Object>, Sales> groups, int most, Comparator<Sales> size) {
        return groups.entrySet().stream()
                .collect(groupingBy(group -> group.getKey().get(0)))
                .values()
                .stream()
                .flatMap(ofAffiliate -> ofAffiliate.stream()
                        .sorted(Entry.<List<Object>, Sales>comparingByValue(size.reversed())
                                .thenComparing(Entry.comparingByKey(ReportSection.BY_COLUMNS)))
                        .limit(most))
                .map(Entry::getKey)
                .collect(toSet());
    }
}
