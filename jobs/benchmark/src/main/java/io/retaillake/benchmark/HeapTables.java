package io.retaillake.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The smallest heap with which the pipeline finishes, and every heap that was tried. */
final class HeapTables {

    private static final double BYTES_PER_MIB = 1 << 20;
    private static final double MARKED_SMALLER = 0.25;
    private static final double MARKED_LARGER = 2;
    private static final String MARK = "≤ 1.10";
    private static final String STRETCH = "1.00";

    private final List<HeapRun> all;
    private final Markdown page;

    HeapTables(List<HeapRun> all, Markdown page) {
        this.all = all;
        this.page = page;
    }

    void write() {
        List<Double> scales =
                all.stream().map(HeapRun::scale).distinct().sorted().toList();
        page.heading("Smallest heap");
        page.paragraph(
                "A heap is too small if the pipeline fails with it, or takes more than " + HeapSearch.MOST_TIMES_SLOWER
                        + " times the processor time of a run with the largest. The job that needs most is the one that fails"
                        + " with the largest heap that is too small.");
        page.table(
                "scale",
                List.of("smallest heap MiB", "seconds with it", "largest heap MiB", "seconds with it", "needs most"));
        scales.forEach(this::smallest);
        if (scales.size() > 1) {
            page.table("", List.of("mark", "stretch", "ratio"));
            for (int i = 1; i < scales.size(); i++) {
                ratio(scales.get(0), scales.get(i));
            }
        }
        page.table(
                "every run",
                List.of("heap MiB", "enough", "seconds", "CPU s", "peak MiB", "job", "what happened to it"));
        all.stream()
                .sorted(Comparator.comparing(HeapRun::scale).thenComparing(HeapRun::heapMib))
                .forEach(run -> page.row(
                        "scale " + Markdown.scale(run.scale()),
                        List.of(
                                mib(run),
                                run.finished() ? "yes" : "no",
                                Markdown.number(run.seconds(), 1),
                                Markdown.number(run.cpuSeconds(), 1),
                                Markdown.number(run.peakBytes() / BYTES_PER_MIB, 0),
                                run.job(),
                                run.remark().replace("|", "\\|"))));
    }

    private void smallest(double scale) {
        Optional<HeapRun> smallest = smallestOf(scale);
        List<String> cells = new ArrayList<>();
        smallest.ifPresentOrElse(
                run -> cells.addAll(List.of(mib(run), Markdown.number(run.seconds(), 1))),
                () -> cells.addAll(List.of("none of these", "")));
        HeapRun largest = of(scale).max(Comparator.comparing(HeapRun::heapMib)).orElseThrow();
        cells.add(mib(largest));
        cells.add(Markdown.number(largest.seconds(), 1));
        cells.add(of(scale)
                .filter(run -> !run.finished())
                .max(Comparator.comparing(HeapRun::heapMib))
                .map(run ->
                        run.job() + " (with " + mib(run) + ": " + run.remark().replace("|", "\\|") + ")")
                .orElse("all were enough"));
        page.row("scale " + Markdown.scale(scale), cells);
    }

    private void ratio(double smaller, double larger) {
        Optional<HeapRun> before = smallestOf(smaller);
        Optional<HeapRun> after = smallestOf(larger);
        boolean hasMark = smaller == MARKED_SMALLER && larger == MARKED_LARGER;
        page.row(
                "heap at " + Markdown.scale(larger) + " ÷ heap at " + Markdown.scale(smaller),
                List.of(
                        hasMark ? MARK : "",
                        hasMark ? STRETCH : "",
                        before.isPresent() && after.isPresent()
                                ? Markdown.number(
                                        (double) after.get().heapMib()
                                                / before.get().heapMib(),
                                        2)
                                : "–"));
    }

    private static String mib(HeapRun run) {
        return String.format(Locale.ROOT, "%,d", run.heapMib());
    }

    private Optional<HeapRun> smallestOf(double scale) {
        return of(scale).filter(HeapRun::finished).min(Comparator.comparing(HeapRun::heapMib));
    }

    private Stream<HeapRun> of(double scale) {
        return all.stream().filter(run -> run.scale() == scale);
    }
}
