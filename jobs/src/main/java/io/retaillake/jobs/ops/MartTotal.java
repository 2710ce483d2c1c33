package io.retaillake.jobs.ops;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.data.Record;

/** What the rows of a mart come to in some months; without those of no month, which hold the whole period again. */
final class MartTotal implements Tally {

    private final String date;
    private final Window window;
    private Sales sales = Sales.NONE;

    MartTotal(TableContract mart, Window window) {
        this.date = mart.columnNames().contains("month") ? "month" : "purchase_date";
        this.window = window;
    }

    @Override
    public List<String> columns() {
        return Stream.concat(Stream.of(date), Sales.COLUMNS.stream()).toList();
    }

    @Override
    public void add(Record row) {
        LocalDate day = (LocalDate) row.getField(date);
        if (day != null && window.contains(day)) {
            sales = sales.plus(Sales.of(row));
        }
    }

    Sales sales() {
        return sales;
    }
}
