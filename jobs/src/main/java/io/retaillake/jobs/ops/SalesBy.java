package io.retaillake.jobs.ops;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.data.Record;

/** The sales of each combination of some columns' values; of all rows together, where there are no columns. */
final class SalesBy implements Tally {

    private final List<String> key;
    private final Map<List<Object>, Sales> groups = new HashMap<>();

    SalesBy(String... key) {
        this.key = List.of(key);
    }

    @Override
    public List<String> columns() {
        return Stream.concat(key.stream(), Sales.COLUMNS.stream()).toList();
    }

    @Override
    public void add(Record row) {
        Object[] values = new Object[key.size()];
        for (int column = 0; column < values.length; column++) {
            values[column] = row.getField(key.get(column));
        }
        groups.merge(Arrays.asList(values), Sales.of(row), Sales::plus);
    }

    /** The columns. */
    List<String> key() {
        return key;
    }

    /** The sales by the values, of which some may be null. */
    Map<List<Object>, Sales> groups() {
        return groups;
    }

    Sales total() {
        return groups.values().stream().reduce(Sales.NONE, Sales::plus);
    }

    ReportSection section() {
        return ReportSection.of(key, groups);
    }
}
