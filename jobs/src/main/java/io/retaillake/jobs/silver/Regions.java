package io.retaillake.jobs.silver;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.publish.StringRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.types.Comparators;
import org.apache.spark.unsafe.types.UTF8String;

/** The places of the postal areas. Several cities can share an area; a customer lives in one area, not in one city. */
final class Regions {

    private static final String SEPARATOR = "·";
    private static final int[] FIELDS = SilverTables.REGIONS.columnNames().stream()
            .mapToInt(BronzeTables.ZIPCODE.columnNames()::indexOf)
            .toArray();

    private final Map<String, List<Set<String>>> areas = new TreeMap<>();

    /** Takes a row of {@code bronze.zipcode}, which has one per area and city. */
    void add(List<String> place) {
        List<Set<String>> names = areas.computeIfAbsent(place.get(FIELDS[0]), area -> noNames());
        for (int i = 0; i < names.size(); i++) {
            String name = place.get(FIELDS[i + 1]);
            if (!BlankText.isMissing(UTF8String.fromString(name))) {
                names.get(i).add(name);
            }
        }
    }

    /**
     * Rows of {@code silver.regions}, one per {@code short_zipcode}: each name column's different names, sorted by their UTF-8 bytes and
     * joined; null where there is none.
     */
    StringRows rows() {
        List<List<String>> rows = new ArrayList<>();
        areas.forEach((area, names) -> {
            String[] row = new String[1 + names.size()];
            row[0] = area;
            for (int i = 0; i < names.size(); i++) {
                row[i + 1] = names.get(i).isEmpty() ? null : String.join(SEPARATOR, names.get(i));
            }
            rows.add(Arrays.asList(row));
        });
        return new StringRows(SilverTables.REGIONS, rows);
    }

    private static List<Set<String>> noNames() {
        List<Set<String>> names = new ArrayList<>();
        for (int i = 1; i < SilverTables.REGIONS.columnNames().size(); i++) {
            names.add(new TreeSet<>(Comparators.charSequences()));
        }
        return names;
    }
}
