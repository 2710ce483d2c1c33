package io.retaillake.jobs.ops.report;

import static java.util.stream.Collectors.joining;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.sales.Sales;
import io.retaillake.common.sales.SalesBy;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.types.Comparators;

/**
 * The customers with a membership: who buys at which affiliates, and lives where.
 *
 * <p>That one who buys at several affiliates counts once can't be known without remembering each: this and {@link BuyersByRange}
 * are all that a report holds that grows with the business, however many months and purchases there are. Here that is twelve bytes a
 * customer, beside some hundred that {@link SalesBy} has of him as long as he is looked for.
 */
final class DistinctCustomers {

    /** What the sales are grouped by, the customer last: there are few combinations of the others. */
    static final List<String> COLUMNS =
            List.of("affiliate", "province_city", "city_county", "province_city_eng", "city_county_eng", "customer_id");

    private static final int CUSTOMER = COLUMNS.size() - 1;

    private static final BinaryOperator<String> LAST =
            BinaryOperator.maxBy(Comparator.nullsFirst(Comparators.charSequences()));

    private final Map<Set<Membership>, Alike> alike = new HashMap<>();
    private final Set<Membership> memberships = new HashSet<>();
    private final Map<String, Sales> salesByAffiliate = new HashMap<>();

    /** Customers with the same memberships: most live at one place all the time, so that there are few such groups. */
    private record Alike(long customers, BigDecimal amount) {

        Alike plus(Alike other) {
            return new Alike(customers + other.customers, amount.add(other.amount));
        }
    }

    /** The buyers of sales by {@link #COLUMNS} that have a membership. */
    static DistinctCustomers of(SalesBy sales) {
        DistinctCustomers members = new DistinctCustomers();
        MembershipSets sets = new MembershipSets(sales);
        int customers = sales.values(CUSTOMER).endOfCodes();
        int[] setsOfCustomers = new int[customers];
        long[] centsOfCustomers = new long[customers];
        sales.forEachByCodes((codes, each) -> {
            int customer = codes[CUSTOMER];
            if (customer != ColumnDictionary.NULL) {
                int membership = sets.membership(codes);
                setsOfCustomers[customer] = sets.with(setsOfCustomers[customer], membership);
                long cents = each.amount().unscaledValue().longValueExact();
                centsOfCustomers[customer] = Math.addExact(centsOfCustomers[customer], cents);
                members.salesByAffiliate.merge(sets.affiliate(membership), each, Sales::plus);
            }
        });
        members.memberships.addAll(sets.memberships());
        for (int customer = ColumnDictionary.NULL + 1; customer < customers; customer++) {
            if (setsOfCustomers[customer] != MembershipSets.NONE) {
                BigDecimal amount = BigDecimal.valueOf(centsOfCustomers[customer], KrwAmounts.TOTAL.scale());
                members.alike.merge(sets.set(setsOfCustomers[customer]), new Alike(1, amount), Alike::plus);
            }
        }
        return members;
    }

    /** The different customers of an affiliate; of the group for null. */
    long customers(String affiliate) {
        return affiliate == null
                ? alike.values().stream().mapToLong(Alike::customers).sum()
                : customersOf(membership -> Stream.of(membership.affiliate())).getOrDefault(affiliate, 0L);
    }

    /** What the customers bought at an affiliate; in the group for null. */
    Sales sales(String affiliate) {
        return affiliate == null
                ? salesByAffiliate.values().stream().reduce(Sales.NONE, Sales::plus)
                : salesByAffiliate.getOrDefault(affiliate, Sales.NONE);
    }

    /** One row per set of affiliates, joined by commas, for the customers who buy at exactly these. */
    ReportSection overlap() {
        Map<String, Alike> bySet = new HashMap<>();
        alike.forEach((set, each) -> bySet.merge(affiliates(set), each, Alike::plus));
        return ReportSection.of(
                List.of("affiliates", "customers", "amount"),
                bySet.entrySet().stream()
                        .map(set -> List.of(
                                set.getKey(),
                                set.getValue().customers(),
                                set.getValue().amount())));
    }

    private static String affiliates(Set<Membership> memberships) {
        return memberships.stream()
                .map(Membership::affiliate)
                .distinct()
                .sorted(Comparators.charSequences())
                .collect(joining(","));
    }

    /**
     * The number of customers in known places: per affiliate or, where affiliate is null, of the group; in a city or, where
     * {@code whole} is true, in the whole province.
     */
    ReportSection placeCustomers() {
        return ReportSection.of(
                List.of("affiliate", "province_city", "whole", "city_county", "customers"),
                customersOf(DistinctCustomers::places).entrySet().stream()
                        .map(place -> Stream.concat(place.getKey().stream(), Stream.of(place.getValue()))
                                .toList()));
    }

    private static Stream<List<Object>> places(Membership of) {
        return of.province() == null
                ? Stream.of()
                : Stream.of(of.affiliate(), null)
                        .flatMap(affiliate -> Stream.of(
                                Arrays.asList(affiliate, of.province(), false, of.city()),
                                Arrays.asList(affiliate, of.province(), true, null)));
    }

    /** The known places' English names. */
    ReportSection placeNames() {
        Map<List<Object>, List<String>> names = new HashMap<>();
        memberships.stream()
                .filter(of -> of.province() != null)
                .forEach(of -> names.merge(
                        Arrays.asList(of.province(), of.city()),
                        Arrays.asList(of.provinceEng(), of.cityEng()),
                        (some, more) -> Arrays.asList(
                                LAST.apply(some.get(0), more.get(0)), LAST.apply(some.get(1), more.get(1)))));
        return ReportSection.of(
                List.of("province_city", "city_county", "province_city_eng", "city_county_eng"),
                names.entrySet().stream()
                        .map(place -> Stream.concat(place.getKey().stream(), place.getValue().stream())
                                .toList()));
    }

    /** How many customers have a membership of which {@code things} are; each counts once for a thing. */
    private <T> Map<T, Long> customersOf(Function<Membership, Stream<T>> things) {
        Map<T, Long> counts = new HashMap<>();
        alike.forEach((set, each) -> set.stream()
                .flatMap(things)
                .distinct()
                .forEach(thing -> counts.merge(thing, each.customers(), Long::sum)));
        return counts;
    }
}
