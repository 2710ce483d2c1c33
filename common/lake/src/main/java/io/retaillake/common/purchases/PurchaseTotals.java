package io.retaillake.common.purchases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.job.JobException;
import io.retaillake.common.publish.Check;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Totals of purchases per source month and affiliate: what the source and bronze are compared by.
 *
 * @param byMonth per source month, {@code none} included, the totals per affiliate; a null affiliate is the empty text
 */
public record PurchaseTotals(SortedMap<String, SortedMap<String, Totals>> byMonth) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static PurchaseTotals empty() {
        return new PurchaseTotals(new TreeMap<>());
    }

    public void add(String month, String affiliate, Totals totals) {
        byMonth.computeIfAbsent(month, absent -> new TreeMap<>())
                .merge(affiliate == null ? "" : affiliate, totals, Totals::plus);
    }

    public Totals sum() {
        return byMonth.values().stream()
                .flatMap(affiliates -> affiliates.values().stream())
                .reduce(Totals.NONE, Totals::plus);
    }

    public Totals month(String month) {
        return byMonth.getOrDefault(month, new TreeMap<>()).values().stream().reduce(Totals.NONE, Totals::plus);
    }

    public PurchaseTotals only(Predicate<String> months) {
        SortedMap<String, SortedMap<String, Totals>> kept = new TreeMap<>(byMonth);
        kept.keySet().removeIf(months.negate());
        return new PurchaseTotals(kept);
    }

    /** These totals with {@code months} as in {@code other}. */
    public PurchaseTotals with(Collection<String> months, PurchaseTotals other) {
        SortedMap<String, SortedMap<String, Totals>> merged = new TreeMap<>(byMonth);
        for (String month : months) {
            merged.remove(month);
            if (other.byMonth.containsKey(month)) {
                merged.put(month, other.byMonth.get(month));
            }
        }
        return new PurchaseTotals(merged);
    }

    /** The months in which the two differ. */
    public SortedSet<String> differingMonths(PurchaseTotals other) {
        SortedSet<String> months = new TreeSet<>(byMonth.keySet());
        months.addAll(other.byMonth.keySet());
        months.removeIf(month -> byMonth.getOrDefault(month, new TreeMap<>())
                .equals(other.byMonth.getOrDefault(month, new TreeMap<>())));
        return months;
    }

    /** One check over all, and one for each month and affiliate in which {@code actual} differs. */
    public List<Check> checksAgainst(String what, PurchaseTotals actual) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.equal(what, sum().toString(), actual.sum().toString()));
        for (String month : differingMonths(actual)) {
            SortedMap<String, Totals> expectedTotals = byMonth.getOrDefault(month, new TreeMap<>());
            SortedMap<String, Totals> actualTotals = actual.byMonth.getOrDefault(month, new TreeMap<>());
            SortedSet<String> affiliates = new TreeSet<>(expectedTotals.keySet());
            affiliates.addAll(actualTotals.keySet());
            for (String affiliate : affiliates) {
                checks.add(Check.equal(
                        what + ", month " + month + ", affiliate " + affiliate,
                        expectedTotals.getOrDefault(affiliate, Totals.NONE).toString(),
                        actualTotals.getOrDefault(affiliate, Totals.NONE).toString()));
            }
        }
        return checks;
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(byMonth);
        } catch (JsonProcessingException e) {
            throw JobException.defect("Totals can't be written", e);
        }
    }

    public static PurchaseTotals fromJson(String json) {
        try {
            return new PurchaseTotals(JSON.readValue(json, new TypeReference<>() {}));
        } catch (JsonProcessingException e) {
            throw JobException.defect("The totals in bronze.purchase's summary are not what this version writes", e);
        }
    }
}
