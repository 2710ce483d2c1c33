package io.retaillake.jobs.bronze;

import io.retaillake.common.contract.SourceColumns;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.source.CopyQuery;
import io.retaillake.common.source.SourceRelation;
import io.retaillake.common.source.SourceSettings;
import java.util.List;

/** What reads the source's tables by {@code COPY}, every task in the same snapshot. */
final class SnapshotReader {

    private final SourceSettings settings;
    private final SourceSnapshot snapshot;

    SnapshotReader(SourceSettings settings, SourceSnapshot snapshot) {
        this.settings = settings;
        this.snapshot = snapshot;
    }

    /**
     * Queries for the source's columns of a contract, in its order.
     *
     * @param conditions SQL conditions, one for each task and connection, that together select each row once
     */
    List<CopyQuery> copies(TableContract contract, SourceRelation relation, List<String> conditions) {
        List<String> columns = SourceColumns.of(contract).stream()
                .map(column -> SourceRelation.quote(column.source()))
                .toList();
        String select = "SELECT " + String.join(", ", columns) + " FROM " + relation.quotedName() + " WHERE ";
        return conditions.stream()
                .map(condition -> new CopyQuery(settings, snapshot.joinStatement(), select + condition, columns.size()))
                .toList();
    }
}
