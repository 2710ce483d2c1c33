package io.retaillake.generator;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** How a number of rows spreads over the days of 2014 and 2015: more at weekends and in December, some growth. */
final class SalesCalendar {

    static final LocalDate FIRST_DAY = LocalDate.of(2014, 1, 1);
    static final int DAYS = (int) ChronoUnit.DAYS.between(FIRST_DAY, LocalDate.of(2016, 1, 1));

    private static final double[] BY_WEEKDAY = {0.90, 0.88, 0.90, 0.92, 1.05, 1.36, 1.26};
    private static final double[] BY_MONTH = {1.02, 0.97, 0.95, 0.95, 1.03, 0.96, 0.97, 0.98, 1.10, 1.00, 1.02, 1.34};
    private static final double GROWTH_PER_YEAR = 1.04;

    /** Entry d is the weight of all days before day d. */
    private static final double[] WEIGHT_BEFORE = new double[DAYS + 1];

    static {
        for (int day = 0; day < DAYS; day++) {
            LocalDate date = FIRST_DAY.plusDays(day);
            double weight = BY_WEEKDAY[date.getDayOfWeek().getValue() - 1] * BY_MONTH[date.getMonthValue() - 1];
            WEIGHT_BEFORE[day + 1] = WEIGHT_BEFORE[day] + (date.getYear() == 2014 ? weight : weight * GROWTH_PER_YEAR);
        }
    }

    private SalesCalendar() {}

    /** Of {@code rows} in all, those before the day: exact at both ends, so that the days' rows sum up to {@code rows}. */
    static long rowsBefore(int day, long rows) {
        return day == DAYS ? rows : Math.round(rows * (WEIGHT_BEFORE[day] / WEIGHT_BEFORE[DAYS]));
    }
}
