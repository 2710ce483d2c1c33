package io.retaillake.jobs.gold;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.OverwriteFilter;

/** A mart of which a month's rows can be had from the month's purchases: sales by some of their columns. */
abstract class MonthlyMart extends Mart {

    /** The job of {@code mart}, whose columns say what it groups by. */
    MonthlyMart(TableContract mart) {
        super(mart);
    }

    @Override
    final void write(MartInput input, OverwriteFilter replaced) {
        input.purchasesOfWindowFor(mart()).writeSales(input.publication(), mart(), replaced);
    }
}
