package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.SmallTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/**
 * A snapshot of a table whose columns are strings, which this process reads by itself: what is asked of a few thousand rows is answered
 * before Spark has planned to, and of millions in the time that Spark takes, without keeping any.
 *
 * @param contract the table
 * @param table the same
 */
public record StringTable(TableContract contract, Table table, long snapshotId) {

    /** Takes the rows, one after the other: each the strings of the contract's columns, null where there is none. */
    public void forEach(Consumer<List<String>> action) {
        List<String> columns = contract.columnNames();
        SmallTable.forEachRow(table, snapshotId, row -> action.accept(texts(columns, row)));
    }

    private static List<String> texts(List<String> columns, Record row) {
        String[] texts = new String[columns.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = Objects.toString(row.getField(columns.get(i)), null);
        }
        return Arrays.asList(texts);
    }

    /** All rows, in memory. */
    public StringRows rows() {
        List<List<String>> rows = new ArrayList<>();
        forEach(rows::add);
        return new StringRows(contract, rows);
    }

    /** How many rows its metadata say that there are, those included that another tool has marked as deleted; 0 where they say nothing. */
    public long expectedRows() {
        return Long.parseLong(
                table.snapshot(snapshotId).summary().getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
    }
}
