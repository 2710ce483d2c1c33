package io.retaillake.jobs.silver;

import io.retaillake.common.publish.Check;
import java.util.List;

/**
 * Compares what was written to silver with what was read from bronze.
 *
 * @param purchases control totals of the written purchases
 * @param rejects control totals of the written rejects
 * @param checks what must hold
 */
record SilverChecks(ControlTotals purchases, ControlTotals rejects, List<Check> checks) {

    private static final String EQUATION = "silver.purchases + silver.purchase_rejects = bronze.purchase";

    static SilverChecks of(BronzeCount bronze, WrittenSilver silver, WrittenRejects writtenRejects) {
        ControlTotals purchases = silver.figures();
        ControlTotals rejects = writtenRejects.figures();
        ControlTotals written = purchases.plus(rejects);
        return new SilverChecks(
                purchases,
                rejects,
                List.of(
                        Check.equal("rows: " + EQUATION, bronze.read().rows(), written.rows()),
                        Check.equalAmounts("amount: " + EQUATION, bronze.read().amount(), written.amount()),
                        Check.equal(
                                "rows: silver.purchases = valid rows of bronze.purchase, each joined to one product and"
                                        + " one customer at most",
                                bronze.read().rows() - bronze.invalidRows() - writtenRejects.repeatedRows(),
                                purchases.rows()),
                        Check.equal(
                                "silver.purchases: keys of several rows in the months written"
                                        + silver.repeated().months(),
                                0L,
                                silver.repeated().keys())));
    }
}
