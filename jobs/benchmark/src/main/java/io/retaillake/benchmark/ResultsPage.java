package io.retaillake.benchmark;

import java.util.Optional;

/** The page of results, in Markdown: medians of the rounds, and in parentheses the least and the most. */
final class ResultsPage {

    private ResultsPage() {}

    /**
     * A page.
     *
     * @param results everything that was measured
     * @param changes kept by hand: what each change gave
     */
    static String of(Results results, Optional<String> changes) {
        Markdown page = new Markdown();
        page.paragraph("# Benchmark");
        page.paragraph(
                "Made by `bin/benchmark`. Every contestant had the same cores and memory and read the same PostgreSQL on the"
                        + " same machine, in turns; each round began with another one. Figures are medians of the rounds, in"
                        + " parentheses the least and the most. Where one process does several steps, a step's peak of memory is the"
                        + " process's so far.");
        page.line("");
        page.line("| | |");
        page.line("|---|---|");
        results.facts().forEach((name, value) -> page.line("| " + name + " | " + value + " |"));
        if (!results.measurements().isEmpty()) {
            new RatioTables(results, page).write();
        }
        if (!results.heapRuns().isEmpty()) {
            new HeapTables(results.heapRuns(), page).write();
        }
        ScaleTables scales = new ScaleTables(results, page);
        results.scales().forEach(scales::write);
        if (!results.comparisons().isEmpty()) {
            compared(results, page);
        }
        changes.ifPresent(text -> page.paragraph(text.strip()));
        return page.text();
    }

    private static void compared(Results results, Markdown page) {
        page.heading("What they wrote, compared");
        page.paragraph(
                "Rows, amounts, purchases, receipts and customers of every table and affiliate; the old way has four marts and"
                        + " counts no receipts, and adds up doubles, so its amounts may differ by half a hundredth of a won for each purchase.");
        page.line("");
        results.comparisons().forEach(finding -> page.line("- " + finding));
    }
}
