package io.retaillake.common.registry;

import java.util.List;
import java.util.Optional;

/**
 * The query that a table's rows come from, where no job of its own computes them.
 *
 * @param sql one Spark SQL query, whose result has the contract's columns in their order
 * @param inputs qualified names of the tables that it reads; it sees no others
 * @param monthColumn the column that tells a row's month, where each month is built from its own month's input rows alone;
 *     empty where every run builds the whole table from all rows
 * @param onRequest whether it is built only when it is named; else every run of the pipeline builds it
 * @param sqlFile where the query was written, for messages
 * @param version what its two files come down to: the first digits of a SHA-256
 */
public record TableQuery(
        String sql,
        List<String> inputs,
        Optional<String> monthColumn,
        boolean onRequest,
        String sqlFile,
        String version) {

    public TableQuery {
        inputs = List.copyOf(inputs);
    }
}
