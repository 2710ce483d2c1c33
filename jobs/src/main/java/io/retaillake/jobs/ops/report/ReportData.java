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
 * @param firstDay first day that has sales in the marts; null where none has
 * @param lastDay last such day
 * @param writtenAt when the page was made, in Seoul
 * @param periods by what sections with lists of amounts and of purchases have their sales
 * @param otherAffiliates what several affiliates that are shown as one are called; null where there are none
 * @param overview the group's figures and each affiliate's
 * @param months sales per affiliate and month, until the end of the months covered
 * @param days sales per affiliate and month, by the days of the month
 * @param earlier what provinces and categories came to in the months that a report of few months is compared with
 * @param buyers different customers from each period to each
 * @param memberSales what they bought by period
 * @param latinNames the Korean names of categories and products in Latin letters
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
        String firstDay,
        String lastDay,
        String writtenAt,
        List<ReportPeriods.Period> periods,
        String otherAffiliates,
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
        ReportSection earlier,
        ReportSection buyers,
        ReportSection memberSales,
        ReportSection latinNames,
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
