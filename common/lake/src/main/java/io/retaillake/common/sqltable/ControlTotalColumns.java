package io.retaillake.common.sqltable;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableDefinition.AddsUpTo;

/**
 * What a table is added up by, to be compared with another that claims the same totals.
 *
 * @param amount SQL expression of the sum of the amounts, in KRW
 * @param rows SQL expression of the number of purchase lines
 */
public record ControlTotalColumns(String amount, String rows) {

    /** Whether a table has totals at all. */
    static boolean exist(TableDefinition table) {
        return isPurchases(table) || table.addsUpTo().isPresent();
    }

    private static boolean isPurchases(TableDefinition table) {
        return table.name().equals(SilverTables.PURCHASES.qualifiedName());
    }

    /** Those of {@code silver.purchases}, or of a table that adds up to another. */
    public static ControlTotalColumns of(TableDefinition table) {
        if (isPurchases(table)) {
            return new ControlTotalColumns("sum(amount)", "count(*)");
        }
        AddsUpTo claim = table.addsUpTo().orElseThrow();
        return new ControlTotalColumns("sum(" + claim.amountColumn() + ")", "sum(" + claim.rowsColumn() + ")");
    }
}
