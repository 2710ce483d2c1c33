package io.retaillake.jobs.ops.report;

import io.retaillake.common.job.BusinessTime;
import io.retaillake.jobs.ops.verify.Reconciliation;
import io.retaillake.jobs.ops.verify.RejectedRows;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a report's page knows, as the JSON in it.
 *
 * @param run the run that made the page
 * @param figuresOf the runs whose figures it shows: the same run, or those that published last
 * @param window the months covered, as in the record of runs
 * @param first first month covered that has sales, as its first day; null where none has
 * @param last last such month
 * @param writtenAt when the page was made, in Seoul
 * @param overview the group's figures and each affiliate's
 * @param months sales per affiliate and month, until the end of the months covered
 * @param days sales per affiliate and day, where one month is covered; else empty
 * @param retention how many came back, of all months; empty without the table
 * @param potential where each affiliate's next store would pay, of all months; empty without the table
 * @param reconciliation from the source to each mart; empty where no single run published every table
 * @param rejected what of the source is not in the marts, and why; null where there is no reconciliation
 */
record ReportData(
        String run,
        List<String> figuresOf,
        String window,
        String first,
        String last,
        String writtenAt,
        List<ReportOverview> overview,
        ReportSection months,
        ReportSection days,
        ReportSection hours,
        ReportSection ages,
        ReportSection places,
        ReportSection placeCustomers,
        ReportSection placeNames,
        ReportSection overlap,
        ReportSection products,
        ReportSection retention,
        ReportSection potential,
        List<Stage> reconciliation,
        RejectedRows rejected) {

    private static final DateTimeFormatter SEOUL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(BusinessTime.ZONE);

    /**
     * A line of the reconciliation.
     *
     * @param amount in KRW, as text, because a script's numbers would round it
     * @param equals the stage that it must equal; null for none
     * @param agrees whether it does; null for none
     */
    record Stage(String name, long rows, String amount, String equals, Boolean agrees) {

        static List<Stage> of(Reconciliation reconciliation) {
            List<Stage> stages = new ArrayList<>();
            for (Reconciliation.Line line : reconciliation.stages()) {
                Optional<Reconciliation.Line> other = reconciliation.other(line);
                stages.add(new Stage(
                        line.name(),
                        line.rows(),
                        line.amount().toPlainString(),
                        other.map(Reconciliation.Line::name).orElse(null),
                        other.map(o -> Reconciliation.agree(line, o)).orElse(null)));
            }
            return stages;
        }
    }

    static String seoulTime(Instant instant) {
        return SEOUL.format(instant);
    }
}
