package io.retaillake.jobs.tables;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.publish.Check;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.sql.StatementFailures;
import io.retaillake.common.sqltable.TestCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs the cases of a definition's test. */
final class TestRun {

    private final SparkSession spark;
    private final TableDefinition table;
    private final TableRegistry registry;

    TestRun(SparkSession spark, TableDefinition table, TableRegistry registry) {
        this.spark = spark;
        this.table = table;
        this.registry = registry;
    }

    /** Lines that say why a case fails: rows that are missing or unexpected, and what the expected rows do not add up to; none if it passes. */
    List<String> failures(TestCase test) {
        Map<String, Supplier<Dataset<Row>>> inputs = new LinkedHashMap<>();
        test.inputs()
                .forEach((name, rows) -> inputs.put(
                        name,
                        () -> spark.createDataFrame(
                                rows, registry.contract(name).schema())));
        Dataset<Row> expected =
                spark.createDataFrame(test.expected(), table.contract().schema());
        List<String> failures = new ArrayList<>();
        try {
            Problems problems = new Problems();
            Optional<Dataset<Row>> result = QueryResult.of(spark, table, inputs, problems);
            failures.addAll(problems.messages());
            result.ifPresent(rows -> failures.addAll(
                    RowDifference.lines(table.contract(), expected.collectAsList(), rows.collectAsList())));
        } catch (Exception e) {
            // Spark throws checked exceptions that its Java signatures don't declare.
            Optional<JobException> ofQuery = StatementFailures.explain(e);
            if (ofQuery.isEmpty()) {
                throw e;
            }
            failures.addAll(ofQuery.get().getMessage().lines().toList());
        }
        TableChecks.sums(table, expected, inputs, registry).stream()
                .filter(check -> !check.passed())
                .map(Check::toString)
                .forEach(check -> failures.add("expected rows: " + check));
        return failures;
    }
}
