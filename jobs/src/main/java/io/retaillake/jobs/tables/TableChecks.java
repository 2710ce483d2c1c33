package io.retaillake.jobs.tables;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableDefinition.AddsUpTo;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.sqltable.ControlTotalColumns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What must hold of a table's rows once they are written, before readers see them. Costs a scan of the key and of what is added up;
 * where that can't be read by columns, a scan and a shuffle of the keys. What a table adds up to is known from its publication, if that
 * was for the same months; else it costs a scan of the amounts.
 */
final class TableChecks {

    private final Lake lake;
    private final TableDefinition table;
    private final TableRegistry registry;
    private final Window window;

    /**
     * The checks of a table.
     *
     * @param window the months that were written
     */
    TableChecks(Lake lake, TableDefinition table, TableRegistry registry, Window window) {
        this.lake = lake;
        this.table = table;
        this.registry = registry;
        this.window = window;
    }

    /** The totals of a snapshot's months, and the checks of them. */
    Result of(long writtenId, TableInputs inputs) {
        TableContract contract = table.contract();
        Table written = lake.find(contract).orElseThrow();
        WrittenRows rows = WrittenRows.of(
                        JavaSparkContext.fromSparkContext(lake.spark().sparkContext()),
                        table,
                        written,
                        writtenId,
                        wanted())
                .orElseGet(() -> bySpark(lake.read(contract, writtenId).where(months())));
        List<Check> checks = new ArrayList<>();
        table.query()
                .orElseThrow()
                .monthColumn()
                .ifPresent(month -> checks.add(Check.equal(
                        "rows: " + contract + " in the months " + window + " by " + month
                                + " = all that the query gave",
                        added(written.snapshot(writtenId)),
                        rows.totals().rows())));
        if (!contract.key().isEmpty()) {
            checks.add(Check.equal(
                    "keys of " + contract + " (" + String.join(", ", contract.key()) + ") with several rows",
                    0L,
                    rows.repeatedKeys()));
        }
        table.addsUpTo().ifPresent(claim -> checks.addAll(sums(table, claim, rows.totals(), claimed(claim, inputs))));
        return new Result(rows.totals(), checks);
    }

    /**
     * What was found.
     *
     * @param totals what the rows that were written come to
     * @param checks what must hold
     */
    record Result(TableTotals totals, List<Check> checks) {}

    private TableTotals claimed(AddsUpTo claim, TableInputs inputs) {
        TableDefinition other = registry.named(claim.table()).orElseThrow();
        return TableTotals.published(lake, other, inputs.snapshotIds().get(claim.table()), inputs.window())
                .orElseGet(() -> totals(inputs.rows().get(claim.table()).get(), other));
    }

    private Expression wanted() {
        return table.query()
                .orElseThrow()
                .monthColumn()
                .filter(month -> !window.isAll())
                .map(month -> RowsInWindow.inWindow(month, window))
                .orElse(Expressions.alwaysTrue());
    }

    private Column months() {
        return table.query()
                .orElseThrow()
                .monthColumn()
                .map(month -> RowsInWindow.ofDates(month, window))
                .orElse(lit(true));
    }

    private static long added(Snapshot snapshot) {
        return Long.parseLong(snapshot.summary().getOrDefault(SnapshotSummary.ADDED_RECORDS_PROP, "0"));
    }

    private WrittenRows bySpark(Dataset<Row> rows) {
        return new WrittenRows(totals(rows, table), table.contract().key().isEmpty() ? 0 : repeatedKeys(rows));
    }

    private long repeatedKeys(Dataset<Row> rows) {
        Column[] key = table.contract().key().stream().map(name -> col(name)).toArray(Column[]::new);
        return rows.groupBy(key)
                .agg(count(lit(1)).as("rows_of_key"))
                .where(col("rows_of_key").gt(1))
                .count();
    }

    private static TableTotals totals(Dataset<Row> rows, TableDefinition of) {
        boolean adds = of.addsUpTo().isPresent() || of.query().isEmpty();
        ControlTotalColumns columns = adds ? ControlTotalColumns.of(of) : new ControlTotalColumns("sum(0)", "sum(0)");
        Row totals = rows.agg(count(lit(1)), expr(columns.amount()).cast("decimal(38,2)"), expr(columns.rows()))
                .head();
        return new TableTotals(
                totals.getLong(0),
                Objects.requireNonNullElse(totals.getDecimal(1), BigDecimal.ZERO),
                totals.isNullAt(2) ? 0 : totals.getLong(2));
    }

    /** Compares what rows of a table add up to with what the rows of the input that it names do; none where it names none. */
    static List<Check> sums(
            TableDefinition table,
            Dataset<Row> rows,
            Map<String, Supplier<Dataset<Row>>> inputs,
            TableRegistry registry) {
        return table.addsUpTo()
                .map(claim -> sums(
                        table,
                        claim,
                        totals(rows, table),
                        totals(
                                inputs.get(claim.table()).get(),
                                registry.named(claim.table()).orElseThrow())))
                .orElse(List.of());
    }

    private static List<Check> sums(TableDefinition table, AddsUpTo claim, TableTotals actual, TableTotals expected) {
        String what = table.name() + " = " + claim.table();
        return List.of(
                Check.equal("count: " + what, expected.purchases(), actual.purchases()),
                Check.equalAmounts("amount: " + what, expected.amount(), actual.amount()));
    }
}
