package io.retaillake.jobs.gold;

import io.retaillake.common.contract.TableContract;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A mart of which a month's rows can be had from the month's purchases. */
abstract class MonthlyMart extends Mart {

    private final Function<Purchases, Dataset<Row>> aggregation;

    /**
     * A mart's job.
     *
     * @param mart the table it publishes
     * @param aggregation purchases to the mart's rows, without side effects, by one scan
     */
    MonthlyMart(TableContract mart, Function<Purchases, Dataset<Row>> aggregation) {
        super(mart);
        this.aggregation = aggregation;
    }

    @Override
    Dataset<Row> rows(MartInput input) {
        return aggregation.apply(input.purchasesOfWindow());
    }
}
