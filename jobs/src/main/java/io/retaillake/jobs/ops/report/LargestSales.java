package io.retaillake.jobs.ops.report;

import io.retaillake.common.sales.Sales;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.stream.Stream;

/** The largest sales of each kind, among very many: no more are held than are asked for. Ties are decided by the order of the keys. */
final class LargestSales {

    private final int most;
    private final Comparator<Keyed> smallestFirst;
    private final Map<List<Object>, PriorityQueue<Keyed>> byKind = new HashMap<>();

    private record Keyed(List<Object> key, Sales sales) {}

    /** So many of each kind, by a measure. */
    <T extends Comparable<T>> LargestSales(int most, Function<Sales, T> measure) {
        this.most = most;
        this.smallestFirst = Comparator.comparing((Keyed each) -> measure.apply(each.sales()))
                .thenComparing(Keyed::key, ReportSection.BY_COLUMNS.reversed());
    }

    /** Adds sales, which no others have the key of. */
    void add(List<Object> kind, List<Object> key, Sales sales) {
        PriorityQueue<Keyed> largest =
                byKind.computeIfAbsent(kind, absent -> new PriorityQueue<>(most + 1, smallestFirst));
        largest.add(new Keyed(key, sales));
        if (largest.size() > most) {
            largest.remove();
        }
    }

    /** The keys of the largest of all kinds. */
    Stream<List<Object>> keys() {
        return byKind.values().stream().flatMap(PriorityQueue::stream).map(Keyed::key);
    }
}
