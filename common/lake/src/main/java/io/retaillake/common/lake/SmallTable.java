package io.retaillake.common.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** Tables of a few thousand rows, which are read before Spark has planned to. */
public final class SmallTable {

    private SmallTable() {}

    /** All rows of a snapshot, in memory, under the columns that {@code table} has now. */
    public static List<Record> rows(Table table, long snapshotId) {
        try (CloseableIterable<Record> records = IcebergGenerics.read(table)
                .useSnapshot(snapshotId)
                .project(table.schema())
                .build()) {
            List<Record> rows = new ArrayList<>();
            records.forEach(rows::add);
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + table.name(), e);
        }
    }
}
