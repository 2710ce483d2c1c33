package io.retaillake.jobs.ops.report;

import io.retaillake.common.sales.Sales;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Keys of which the last value is a day. */
final class DatedKey {

    private DatedKey() {}

    static LocalDate day(List<Object> key) {
        return (LocalDate) key.get(key.size() - 1);
    }

    static YearMonth month(List<Object> key) {
        return YearMonth.from(day(key));
    }

    static Stream<LocalDate> days(Map<List<Object>, Sales> sales) {
        return sales.keySet().stream().map(DatedKey::day);
    }
}
