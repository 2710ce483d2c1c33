package io.retaillake.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * What to generate. The same options always give the same rows.
 *
 * @param seed any number; another one gives other data of the same kind
 * @param scale 1 gives {@value #FULL_SCALE_ROWS} purchases; above 0, at most 100. The other tables do not scale.
 * @param dirtyRate dirty purchases added, as a fraction of the clean ones: 0 to 1
 */
public record GeneratorOptions(long seed, double scale, double dirtyRate) {

    /** Purchases in the real source. */
    public static final long FULL_SCALE_ROWS = 28_593_030;

    /** Customers at any scale. */
    public static final int CUSTOMERS = 19_383;

    /** Products at any scale. */
    public static final int PRODUCTS = 4_386;

    public GeneratorOptions {
        List<String> problems = new ArrayList<>();
        if (!(scale > 0 && scale <= 100)) {
            problems.add("the scale must be above 0 and at most 100, not " + scale);
        }
        if (!(dirtyRate >= 0 && dirtyRate <= 1)) {
            problems.add("the dirty rate must be between 0 and 1, not " + dirtyRate);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Cannot generate data: " + String.join("; ", problems) + ".");
        }
    }

    /** Purchases without a defect. */
    public long cleanRows() {
        return Math.round(scale * FULL_SCALE_ROWS);
    }

    /** Purchases with a defect, added to the clean ones. */
    public long dirtyRows() {
        return Math.round(dirtyRate * cleanRows());
    }

    public long purchaseRows() {
        return cleanRows() + dirtyRows();
    }
}
