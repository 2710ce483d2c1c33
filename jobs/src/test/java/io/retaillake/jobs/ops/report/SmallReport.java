package io.retaillake.jobs.ops.report;

import io.retaillake.jobs.ops.verify.RejectedRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;

/** A report of which only some sections have rows. */
record SmallReport(
        List<ReportOverview> overview,
        List<List<Object>> months,
        List<List<Object>> days,
        List<ReportData.Stage> stages,
        RejectedRows rejected) {

    private static final ReportSection NONE = new ReportSection(List.of(), List.of());

    static SmallReport of(List<ReportOverview> overview, List<List<Object>> months, List<List<Object>> days) {
        return new SmallReport(overview, months, days, List.of(), null);
    }

    /** Of the months that there are. */
    Path writeTo(Path folder) throws Exception {
        List<String> covered = months.stream()
                .map(row -> row.get(1).toString())
                .distinct()
                .sorted()
                .toList();
        String first = covered.isEmpty() ? null : covered.get(0);
        String last = covered.isEmpty() ? null : covered.get(covered.size() - 1);
        ReportData data = new ReportData(
                "r1",
                List.of("r1", "r2"),
                "all",
                first,
                last,
                first,
                last == null
                        ? null
                        : YearMonth.parse(last.substring(0, 7)).atEndOfMonth().toString(),
                "2026-01-01 00:00",
                covered.stream()
                        .map(month -> new ReportPeriods.Period(month, month))
                        .toList(),
                null,
                overview,
                new ReportSection(List.of("affiliate", "month", "amount", "purchases", "receipts"), months),
                new ReportSection(List.of("affiliate", "month", "amount", "purchases"), days),
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                stages,
                rejected);
        return Files.writeString(folder.resolve("page.html"), ReportPage.of(data));
    }
}
