package io.retaillake.common.registry;

import io.retaillake.common.contract.TableContract;
import java.util.Optional;

/**
 * A table of the lake.
 *
 * @param contract what it promises its readers
 * @param addsUpTo the totals that it must reproduce; empty if it makes no such claim
 * @param query where its rows come from; empty if a job of its own computes them
 */
public record TableDefinition(TableContract contract, Optional<AddsUpTo> addsUpTo, Optional<TableQuery> query) {

    /**
     * The claim that a table's rows, added up, are another table's.
     *
     * @param table the other table's qualified name, e.g. {@code silver.purchases}
     * @param amountColumn the column whose sum is the other table's amount, in KRW
     * @param rowsColumn the column whose sum is the other table's number of rows
     */
    public record AddsUpTo(String table, String amountColumn, String rowsColumn) {}

    /** A table that a job of its own computes, and that makes no claim to add up to another. */
    public static TableDefinition of(TableContract contract) {
        return new TableDefinition(contract, Optional.empty(), Optional.empty());
    }

    /** The table's qualified name, e.g. {@code silver.purchases}. */
    public String name() {
        return contract.qualifiedName();
    }
}
