package io.retaillake.jobs.ops.report;

import static java.util.stream.Collectors.toSet;

import io.retaillake.common.sales.Sales;
import io.retaillake.common.sales.SalesBy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Tables of a report that would be long: their largest rows in all months together, and the rest added up. Amounts are in KRW. */
final class ReportTopRows {

    /** The most categories of an affiliate that a page holds by name. */
    static final int MOST_CATEGORIES = 40;

    /** The most products of an affiliate, and besides of each of these categories, that a page holds by name. */
    static final int MOST_PRODUCTS = 20;

    static final int MOST_PRODUCTS_OF_CATEGORY = 6;

    /** What {@link #ages} is made from. */
    static final List<String> AGE = List.of("affiliate", "main_category_desc", "age_group", "month");

    /** What {@link #products} is made from. */
    static final List<String> PRODUCT = List.of(
            "affiliate",
            "main_category_desc",
            "division_cd",
            "main_category_cd",
            "sub_category_cd",
            "sub_category_desc",
            "month");

    private ReportTopRows() {}

    /**
     * Sales by affiliate, main category, age group, null where unknown, and period. An affiliate's categories after the {@link
     * #MOST_CATEGORIES} largest are one, marked {@code other}.
     */
    static ReportSection ages(SalesBy byMonth, ReportPeriods periods) {
        Set<List<Object>> named = categories(byMonth);
        SalesSeries ages = new SalesSeries();
        byMonth.forEach((key, sales) -> {
            boolean other = !named.contains(category(key));
            ages.add(
                    Arrays.asList(key.get(0), other, other ? null : key.get(1), key.get(2)),
                    periods.indexOf(DatedKey.month(key)),
                    periods.size(),
                    sales);
        });
        return ages.section(List.of("affiliate", "other", "category", "age_group"));
    }

    /**
     * Sales by product and period: each affiliate's {@link #MOST_PRODUCTS} largest by amount and those by purchases, and the
     * {@link #MOST_PRODUCTS_OF_CATEGORY} largest by amount of each category that {@link #ages} names. The rest of a category is
     * one row, with the number of its products in {@code others}, which is 0 for a product.
     */
    static ReportSection products(SalesBy byMonth, ReportPeriods periods) {
        Set<List<Object>> categories = categories(byMonth);
        SalesBy products = byMonth.over(PRODUCT.subList(0, PRODUCT.size() - 1));
        Set<List<Object>> named = named(products, categories);
        Map<List<Object>, Integer> rests = new HashMap<>();
        products.forEach((product, sales) -> {
            if (!named.contains(product)) {
                rests.merge(categoryShown(product, categories), 1, Integer::sum);
            }
        });
        SalesSeries series = new SalesSeries();
        byMonth.forEach((key, sales) -> {
            List<Object> product = key.subList(0, key.size() - 1);
            List<Object> category = categoryShown(product, categories);
            series.add(
                    named.contains(product)
                            ? Arrays.asList(
                                    product.get(0), category.get(1), product.get(1), product.get(4), product.get(5), 0)
                            : Arrays.asList(
                                    product.get(0), category.get(1), category.get(2), null, null, rests.get(category)),
                    periods.indexOf(DatedKey.month(key)),
                    periods.size(),
                    sales);
        });
        return series.section(List.of("affiliate", "other", "category", "code", "product", "others"));
    }

    /** The products that are shown by name. */
    private static Set<List<Object>> named(SalesBy products, Set<List<Object>> categories) {
        LargestSales byAmount = new LargestSales(MOST_PRODUCTS, Sales::amount);
        LargestSales byPurchases = new LargestSales(MOST_PRODUCTS, Sales::purchases);
        LargestSales ofCategories = new LargestSales(MOST_PRODUCTS_OF_CATEGORY, Sales::amount);
        products.forEach((product, sales) -> {
            byAmount.add(affiliate(product), product, sales);
            byPurchases.add(affiliate(product), product, sales);
            if (categories.contains(category(product))) {
                ofCategories.add(category(product), product, sales);
            }
        });
        return Stream.of(byAmount, byPurchases, ofCategories)
                .flatMap(LargestSales::keys)
                .collect(toSet());
    }

    private static List<Object> affiliate(List<Object> key) {
        return key.subList(0, 1);
    }

    private static List<Object> category(List<Object> key) {
        return key.subList(0, 2);
    }

    /** A product's affiliate, whether its category is not one of those by name, and if it is, its name. */
    private static List<Object> categoryShown(List<Object> product, Set<List<Object>> named) {
        boolean other = !named.contains(category(product));
        return Arrays.asList(product.get(0), other, other ? null : product.get(1));
    }

    /** The categories that are shown by name. */
    private static Set<List<Object>> categories(SalesBy byMonth) {
        LargestSales largest = new LargestSales(MOST_CATEGORIES, Sales::amount);
        byMonth.over(PRODUCT.subList(0, 2))
                .forEach((category, sales) -> largest.add(affiliate(category), category, sales));
        return largest.keys().collect(toSet());
    }
}
