package io.retaillake.jobs.gold;

import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.purchases.AffiliateMonth;
import io.retaillake.common.purchases.PartLines;
import io.retaillake.common.purchases.PurchaseFile;
import io.retaillake.common.purchases.PurchasePart;
import io.retaillake.common.purchases.SharedReceiptCodes;
import io.retaillake.common.purchases.SharedReceipts;
import java.util.List;
import org.apache.iceberg.Table;

/**
 * The sales of one affiliate's month by the columns of a mart, or of a part of them, in the memory of one task.
 *
 * @param keys the columns
 * @param values what the groups' codes stand for, by column
 * @param receipts what the receipts' codes stand for
 */
record PartSales(
        AffiliateMonth affiliateMonth,
        List<String> keys,
        List<ColumnDictionary> values,
        ColumnDictionary receipts,
        SalesGroups groups) {

    /**
     * Reads a part of {@code silver}. Receipts that are {@code shared} by several parts are kept and not counted. Costs memory for the
     * groups and, where they are counted, the receipts.
     */
    static PartSales of(Table silver, PurchasePart part, MartColumns columns, SharedReceipts shared) {
        int keys = columns.keys().size();
        PartLines lines = new PartLines(
                silver,
                part,
                columns.withReceipts() ? Measures.keys(columns.keys(), PurchaseFile.RECEIPT) : columns.keys());
        PartSales sales = new PartSales(
                part.affiliateMonth(),
                columns.keys(),
                lines.values().subList(0, keys),
                columns.withReceipts() ? lines.values().get(keys) : new ColumnDictionary(),
                new SalesGroups(keys));
        int[] groupsOfLines = new int[PartLines.ROWS_IN_A_BATCH];
        SharedReceiptCodes uncounted = shared.codes(part.affiliate(), sales.receipts);
        lines.forEachBatch((codes, cents, rows) -> sales.groups.add(
                groupsOfLines, codes, columns.withReceipts() ? codes[keys] : null, uncounted.known(), cents, rows));
        return sales;
    }

    /** Nothing yet, to add blocks to. */
    static PartSales none(AffiliateMonth affiliateMonth, MartColumns columns) {
        return new PartSales(
                affiliateMonth,
                columns.keys(),
                ColumnDictionary.none(columns.keys().size()),
                new ColumnDictionary(),
                new SalesGroups(columns.keys().size()));
    }

    /** Adds what another task has made of the same affiliate's month. */
    void add(SalesBlock block) {
        groups.add(block.codes(values), block.receiptCodes(receipts), block);
    }
}
