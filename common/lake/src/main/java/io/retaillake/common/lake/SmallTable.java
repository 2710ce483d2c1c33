package io.retaillake.common.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** Tables that are read by this process alone: those of a few thousand rows are read before Spark has planned to. */
public final class SmallTable {

    private SmallTable() {}

    /** All rows of a snapshot, in memory, under the columns that {@code table} has now. */
    public static List<Record> rows(Table table, long snapshotId) {
        List<Record> rows = new ArrayList<>();
        forEachRow(table, snapshotId, rows::add);
        return rows;
    }

    /** Takes all rows of a snapshot, one after the other and keeping none, under the columns that {@code table} has now. */
    public static void forEachRow(Table table, long snapshotId, Consumer<Record> action) {
        try (CloseableIterable<Record> records = IcebergGenerics.read(table)
                .useSnapshot(snapshotId)
                .project(table.schema())
                .build()) {
            records.forEach(action);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + table.name(), e);
        }
    }
}
