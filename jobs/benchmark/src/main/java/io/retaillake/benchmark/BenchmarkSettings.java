package io.retaillake.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What {@code bin/benchmark} was asked to do.
 *
 * @param scales the sizes of the generated source; one, of no meaning, for a database of the person's own
 * @param dirtyRate the share of further rows that have a defect
 * @param rounds how often everybody runs at each scale
 * @param cores how many tasks or threads everybody may have
 * @param memory a Spark job's heap and DuckDB's limit, as {@code -Xmx} takes it
 * @param contestants who runs
 * @param month the month that is run again, e.g. {@code 2015-12}
 * @param ownSource the options of the person's own database; empty if the data are generated
 * @param heaps the heaps in MiB, ascending, of which the smallest is looked for that is enough; empty if times are measured
 * @param rendered the files of earlier runs of which the page is made; empty if something is measured
 * @param page where the results go; the raw measurements go beside it
 */
record BenchmarkSettings(
        List<Double> scales,
        double dirtyRate,
        int rounds,
        int cores,
        String memory,
        Set<Contestant> contestants,
        String month,
        List<String> ownSource,
        List<Long> heaps,
        List<Path> rendered,
        Path page) {

    BenchmarkSettings {
        scales = List.copyOf(scales);
        contestants = Set.copyOf(contestants);
        ownSource = List.copyOf(ownSource);
        heaps = List.copyOf(heaps);
        rendered = List.copyOf(rendered);
    }

    /** The file with every measurement, from which everything can be computed again. */
    Path rawFile() {
        String name = page.getFileName().toString().replaceFirst("\\.md$", "") + ".csv";
        return page.resolveSibling(name);
    }
}
