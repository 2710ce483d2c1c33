package io.retaillake.jobs.ops.report;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

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
 * <p>That one who buys at several affiliates counts once can't be known without remembering each: this is all that a report
 * holds that grows with the business, half a kilobyte a customer with what {@link SalesBy} has of him, however many months and
 * purchases there are. Two million customers take 1 GB of the driver's memory.
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

    /** An affiliate at which a customer buys, and where he lives then; null where that is unknown. */
    private record Membership(String affiliate, String province, String city, String provinceEng, String cityEng) {

        static Membership of(List<Object> values) {
            return new Membership(
                    (String) values.get(0),
                    (String) values.get(1),
                    (String) values.get(2),
                    (String) values.get(3),
                    (String) values.get(4));
        }
    }

    private static final class Customer {
        private Set<Membership> memberships = Set.of();
        private BigDecimal amount = BigDecimal.ZERO;
    }

    /** Customers with the same memberships: most live at one place all the time, so that there are few such groups. */
    private record Alike(long customers, BigDecimal amount) {

        Alike plus(Alike other) {
            return new Alike(customers + other.customers, amount.add(other.amount));
        }
    }

    /** The buyers of sales by {@link #COLUMNS} that have a membership. */
    static DistinctCustomers of(SalesBy sales) {
        DistinctCustomers members = new DistinctCustomers();
        Map<Membership, Membership> known = new HashMap<>();
        Map<String, Customer> customers = new HashMap<>();
        sales.forEach((values, ofCustomer) -> {
            String id = (String) values.get(CUSTOMER);
            if (id != null) {
                Membership membership = known.computeIfAbsent(Membership.of(values), same -> same);
                Customer customer = customers.computeIfAbsent(id, absent -> new Customer());
                customer.amount = customer.amount.add(ofCustomer.amount());
                customer.memberships = Stream.concat(customer.memberships.stream(), Stream.of(membership))
                        .collect(toUnmodifiableSet());
                members.salesByAffiliate.merge(membership.affiliate(), ofCustomer, Sales::plus);
            }
        });
        members.memberships.addAll(known.keySet());
        customers
                .values()
                .forEach(customer ->
                        members.alike.merge(customer.memberships, new Alike(1, customer.amount), Alike::plus));
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
