package io.retaillake.jobs.ops.report;

import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.columnar.GroupByHash;
import io.retaillake.common.sales.SalesBy;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sets of memberships by numbers, of which there are few: most customers live at one place all the time. */
final class MembershipSets {

    /** The number of the set without memberships. */
    static final int NONE = 0;

    private final SalesBy sales;
    private final Map<IntBuffer, Integer> numbersByCodes = new HashMap<>();
    private final List<Membership> memberships = new ArrayList<>();
    private final List<Set<Membership>> sets = new ArrayList<>(List.of(Set.of()));
    private final Map<Set<Membership>, Integer> numbersOfSets = new HashMap<>(Map.of(Set.of(), NONE));

    /** By the numbers of a set and of a membership, that of the set with it. */
    private final Map<Long, Integer> larger = new HashMap<>();

    /** @param sales by {@link DistinctCustomers#COLUMNS} */
    MembershipSets(SalesBy sales) {
        this.sales = sales;
    }

    /** The number of the membership that a combination's values tell. */
    int membership(int[] codes) {
        int columns = DistinctCustomers.COLUMNS.size() - 1;
        Integer known = numbersByCodes.get(IntBuffer.wrap(codes, 0, columns));
        if (known != null) {
            return known;
        }
        numbersByCodes.put(IntBuffer.wrap(Arrays.copyOf(codes, columns)), memberships.size());
        memberships.add(new Membership(text(codes, 0), text(codes, 1), text(codes, 2), text(codes, 3), text(codes, 4)));
        return memberships.size() - 1;
    }

    private String text(int[] codes, int column) {
        return codes[column] == ColumnDictionary.NULL
                ? null
                : sales.values(column).text(codes[column]).toString();
    }

    /** The number of a set with a membership more, if it does not have it. */
    int with(int set, int membership) {
        return larger.computeIfAbsent(GroupByHash.pair(set, membership), absent -> {
            Set<Membership> with = new HashSet<>(sets.get(set));
            with.add(memberships.get(membership));
            return numbersOfSets.computeIfAbsent(Set.copyOf(with), added -> {
                sets.add(added);
                return sets.size() - 1;
            });
        });
    }

    String affiliate(int membership) {
        return memberships.get(membership).affiliate();
    }

    List<Membership> memberships() {
        return memberships;
    }

    Set<Membership> set(int number) {
        return sets.get(number);
    }
}
