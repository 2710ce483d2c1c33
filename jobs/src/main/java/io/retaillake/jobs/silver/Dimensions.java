package io.retaillake.jobs.silver;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.publish.StringRows;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is known of products, customers and places, as every task that builds {@code silver.purchases} has it in memory: strings in
 * UTF-8, null where unknown.
 *
 * @param products one row each, the strings of {@link SilverTables#PRODUCT_COLUMNS}
 * @param customers one row each, the strings of {@link SilverTables#CUSTOMER_COLUMNS}
 */
record Dimensions(List<byte[][]> products, List<byte[][]> customers) implements Serializable {

    /** The column of {@code silver.purchases} that tells of the store, of which nothing else is known. */
    static final List<String> STORE_COLUMNS = List.of("store_cd");

    /** Of the three dimensions, of which products and customers must have unique keys, and {@code regions} one row an area. */
    static Dimensions of(StringRows products, StringRows customers, StringRows regions) {
        int residence = SilverTables.CUSTOMER_COLUMNS.indexOf("residence");
        List<String> known = SilverTables.CUSTOMER_COLUMNS.subList(0, residence + 1);
        List<String> places =
                SilverTables.CUSTOMER_COLUMNS.subList(residence + 1, SilverTables.CUSTOMER_COLUMNS.size());
        List<String> unknown = Collections.nCopies(places.size(), null);
        List<String> areas = regions.select(List.of("short_zipcode")).stream()
                .map(area -> area.get(0))
                .toList();
        List<List<String>> namesOfAreas = regions.select(places);
        Map<String, List<String>> names = new HashMap<>();
        for (int i = 0; i < areas.size(); i++) {
            names.put(areas.get(i), namesOfAreas.get(i));
        }
        return new Dimensions(
                products.select(SilverTables.PRODUCT_COLUMNS).stream()
                        .map(Dimensions::bytes)
                        .toList(),
                customers.select(known).stream()
                        .map(customer -> Stream.concat(
                                        customer.stream(),
                                        names.getOrDefault(customer.get(residence), unknown).stream())
                                .toList())
                        .map(Dimensions::bytes)
                        .toList());
    }

    private static byte[][] bytes(List<String> texts) {
        return texts.stream()
                .map(text -> text == null ? null : text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }
}
