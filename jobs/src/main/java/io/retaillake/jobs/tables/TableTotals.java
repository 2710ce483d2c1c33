package io.retaillake.jobs.tables;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Seal;
import io.retaillake.common.registry.TableDefinition;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What rows of a table come to.
 *
 * @param rows how many there are
 * @param amount the sum of their amounts in KRW; zero of a table that adds up to no other
 * @param purchases the purchase lines that they stand for; likewise
 */
record TableTotals(long rows, BigDecimal amount, long purchases) implements Serializable {

    private static final String ROWS = "rows";
    private static final String PURCHASES = "count";
    private static final String AMOUNT = "amount";

    /** Of no row. */
    static final TableTotals NONE = new TableTotals(0, BigDecimal.ZERO, 0);

    TableTotals plus(TableTotals other) {
        return new TableTotals(rows + other.rows, amount.add(other.amount), purchases + other.purchases);
    }

    /** Records them as facts of the publication of {@code table}, for those that add up to it. */
    void record(Publication publication, TableDefinition table) {
        publication.recordFact(ROWS, rows);
        if (table.addsUpTo().isPresent()) {
            publication.recordFact(PURCHASES, purchases);
            publication.recordFact(AMOUNT, amount.toPlainString());
        }
    }

    /** Those that were checked when a snapshot was published for just these months; nothing where it was not. */
    static Optional<TableTotals> published(Lake lake, TableDefinition table, long snapshotId, Window months) {
        TableContract contract = table.contract();
        boolean isPurchases = contract.equals(SilverTables.PURCHASES);
        return lake.find(contract)
                .filter(found -> isPurchases || table.query().isPresent())
                .flatMap(found -> Seal.of(found, found.snapshot(snapshotId)))
                .filter(seal -> months.toString().equals(seal.run().arguments().get("window")))
                .filter(seal -> seal.facts().containsKey(AMOUNT))
                .filter(seal -> isPurchases || seal.facts().containsKey(PURCHASES))
                .map(seal -> new TableTotals(
                        Long.parseLong(seal.facts().get(ROWS)),
                        new BigDecimal(seal.facts().get(AMOUNT)),
                        Long.parseLong(seal.facts().get(isPurchases ? ROWS : PURCHASES))));
    }
}
