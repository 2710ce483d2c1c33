package io.retaillake.jobs.gold;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.Replacement;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A mart of which a month's rows can be had from the month's purchases. */
abstract class MonthlyMart extends Mart {

    private final UnaryOperator<Dataset<Row>> aggregation;

    /**
     * A mart's job.
     *
     * @param mart the table it publishes
     * @param aggregation purchases to the mart's rows, without side effects, by one scan
     */
    MonthlyMart(TableContract mart, UnaryOperator<Dataset<Row>> aggregation) {
        super(mart);
        this.aggregation = aggregation;
    }

    @Override
    Dataset<Row> rows(MartInput input) {
        return aggregation.apply(input.purchases().where(Replacement.inWindow("purchase_date", input.window())));
    }
}
