package io.retaillake.jobs.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.Replacement;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a mart adds up to after it was written.
 *
 * @param rows number of the mart's rows in the window's months
 * @param lastDate the last of their dates; nothing where there is no row
 * @param figures what they add up to
 * @param months what the rows of all months read add up to
 * @param wholePeriod what the rows without a date, which are over the whole period, add up to
 */
record WrittenMart(
        long rows, Optional<LocalDate> lastDate, MartFigures figures, MartFigures months, MartFigures wholePeriod) {

    /** Reads the mart, or only the window's months where it is {@code partitioned} by its date. Costs one small scan. */
    static WrittenMart of(Dataset<Row> mart, String dateColumn, Window window, boolean partitioned) {
        Column date = col(dateColumn);
        Column inWindow = Replacement.inWindow(dateColumn, window).and(date.isNotNull());
        Dataset<Row> read = partitioned ? mart.where(inWindow) : mart;
        Row row = read.agg(
                        count(when(inWindow, 1)),
                        max(when(inWindow, date)),
                        sum(when(inWindow, col(Measures.COUNT))),
                        sum(when(inWindow, col(Measures.TOTAL))),
                        sum(when(date.isNotNull(), col(Measures.COUNT))),
                        sum(when(date.isNotNull(), col(Measures.TOTAL))),
                        sum(when(date.isNull(), col(Measures.COUNT))),
                        sum(when(date.isNull(), col(Measures.TOTAL))))
                .head();
        return new WrittenMart(
                row.getLong(0),
                Optional.ofNullable(row.getDate(1)).map(Date::toLocalDate),
                MartFigures.at(row, 2),
                MartFigures.at(row, 4),
                MartFigures.at(row, 6));
    }

    /** What must hold if the window of {@code silver} was aggregated: nothing lost, nothing counted twice. */
    List<Check> checks(TableContract mart, MartFigures silver) {
        List<Check> checks = new ArrayList<>(silver.checksOf(mart + " = " + SilverTables.PURCHASES, figures));
        if (mart.partitions().isEmpty()) {
            checks.addAll(months.checksOf(mart + ", whole period = its months", wholePeriod));
        }
        return checks;
    }
}
