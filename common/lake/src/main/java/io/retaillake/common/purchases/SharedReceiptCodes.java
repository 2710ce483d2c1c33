package io.retaillake.common.purchases;

import io.retaillake.common.columnar.ColumnDictionary;
import java.util.BitSet;
import java.util.function.Predicate;
import org.apache.spark.unsafe.types.UTF8String;

/** Which of the receipts that were read are shared, by their codes, so that each is looked at once. */
public final class SharedReceiptCodes {

    private final ColumnDictionary receipts;
    private final Predicate<UTF8String> isShared;
    private final BitSet shared = new BitSet();
    private int endOfKnown = ColumnDictionary.NULL + 1;

    /** None of them. */
    SharedReceiptCodes() {
        this(new ColumnDictionary(), receipt -> false);
    }

    /** @param receipts what the codes stand for, which may still grow */
    SharedReceiptCodes(ColumnDictionary receipts, Predicate<UTF8String> isShared) {
        this.receipts = receipts;
        this.isShared = isShared;
    }

    /** Those among all codes so far; always the same object. */
    public BitSet known() {
        for (; endOfKnown < receipts.endOfCodes(); endOfKnown++) {
            if (isShared.test(receipts.text(endOfKnown))) {
                shared.set(endOfKnown);
            }
        }
        return shared;
    }
}
