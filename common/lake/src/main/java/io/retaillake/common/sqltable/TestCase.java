package io.retaillake.common.sqltable;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * A case of a definition's test: what its query is to make of some rows.
 *
 * @param name says what it shows
 * @param place file and line
 * @param inputs the rows of each table that the query reads, with the columns of its contract
 * @param expected the rows of the result, in any order, with the columns of the definition's contract
 */
public record TestCase(String name, String place, Map<String, List<Row>> inputs, List<Row> expected) {}
