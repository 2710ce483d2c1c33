package io.retaillake.jobs.ops;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Comparators;

/**
 * The customers with a membership: who buys at which affiliates, and lives where.
 *
 * <p>That one who buys at several affiliates counts once can't be known without remembering each: this is all that a report
 * holds that grows with the business, some 200 bytes a customer, however many months and purchases there are. Two million
 * customers take 400 MB of the driver's memory.
 */
final class Members implements Tally {

    private static final BinaryOperator<String> LAST =
            BinaryOperator.maxBy(Comparator.nullsFirst(Comparators.charSequences()));

    private final Map<String, Customer> customers = new HashMap<>();
    private final Map<Membership, Membership> memberships = new HashMap<>();
    private final SalesBy sales = new SalesBy("affiliate");

    /** An affiliate at which a customer buys, and where he lives then; null where that is unknown. */
    private record Membership(String affiliate, String province, String city, String provinceEng, String cityEng) {

        static final List<String> COLUMNS =
                List.of("affiliate", "province_city", "city_county", "province_city_eng", "city_county_eng");

        static Membership of(Record row) {
            return new Membership(
                    (String) row.getField("affiliate"),
                    (String) row.getField("province_city"),
                    (String) row.getField("city_county"),
                    (String) row.getField("province_city_eng"),
                    (String) row.getField("city_county_eng"));
        }
    }

    private static final class Customer {
        private Set<Membership> memberships = Set.of();
        private BigDecimal amount = BigDecimal.ZERO;
    }

    /** Customers with the same memberships. */
    private record Alike(long customers, BigDecimal amount) {

        Alike plus(Alike other) {
            return new Alike(customers + other.customers, amount.add(other.amount));
        }
    }

    @Override
    public List<String> columns() {
        return Stream.of(List.of("customer_id"), Membership.COLUMNS, Sales.COLUMNS)
                .flatMap(List::stream)
                .toList();
    }

    /** Adds a row, unless it is that of the buyers without a membership. */
    @Override
    public void add(Record row) {
        String id = (String) row.getField("customer_id");
        if (id == null) {
            return;
        }
        sales.add(row);
        Customer customer = customers.computeIfAbsent(id, absent -> new Customer());
        customer.amount = customer.amount.add(Sales.of(row).amount());
        Membership membership = Membership.of(row);
        if (!customer.memberships.contains(membership)) {
            Membership shared = memberships.computeIfAbsent(membership, same -> same);
            customer.memberships = Stream.concat(customer.memberships.stream(), Stream.of(shared))
                    .collect(toUnmodifiableSet());
        }
    }

    /** The different customers of an affiliate; of the group for null. */
    long customers(String affiliate) {
        return affiliate == null
                ? customers.size()
                : customersOf(membership -> Stream.of(membership.affiliate())).getOrDefault(affiliate, 0L);
    }

    /** What the customers bought at an affiliate; in the group for null. */
    Sales sales(String affiliate) {
        return affiliate == null ? sales.total() : sales.groups().getOrDefault(List.of(affiliate), Sales.NONE);
    }

    /** One row per set of affiliates, joined by commas, for the customers who buy at exactly these. */
    ReportSection overlap() {
        Map<String, Alike> bySet = new HashMap<>();
        alike().forEach((set, alike) -> bySet.merge(affiliates(set), alike, Alike::plus));
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
                customersOf(Members::places).entrySet().stream()
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
        memberships.keySet().stream()
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
        alike().forEach((set, alike) -> set.stream()
                .flatMap(things)
                .distinct()
                .forEach(thing -> counts.merge(thing, alike.customers(), Long::sum)));
        return counts;
    }

    /** The customers by their memberships: few, for most live at one place all the time. */
    private Map<Set<Membership>, Alike> alike() {
        Map<Set<Membership>, Alike> alike = new HashMap<>();
        customers
                .values()
                .forEach(customer -> alike.merge(customer.memberships, new Alike(1, customer.amount), Alike::plus));
        return alike;
    }
}
