package io.retaillake.jobs.ops.report;

import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.columnar.StringDictionary;
import io.retaillake.common.sales.SalesBy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;

/**
 * How many different customers with a membership bought from one period to another, whichever: at each affiliate, and in the group,
 * where one who buys at several counts once. Such numbers of single months can't be added up, so that each customer's periods are
 * remembered, as bits: some 70 bytes a customer, and 16 for each affiliate that he buys at. Besides, what the customers bought in each period, which can be added up.
 */
final class BuyersByRange {

    /** What the sales of a month are grouped by. */
    static final List<String> COLUMNS = List.of("affiliate", "customer_id");

    private static final int AFFILIATE = 0;
    private static final int CUSTOMER = 1;

    private final int periods;
    private final SortedMap<String, Integer> affiliates = new TreeMap<>();
    private final StringDictionary customers = new StringDictionary();

    /** By customer, the number of each affiliate that he bought at, and the periods when he did, in turns. */
    private final List<long[]> periodsOfCustomers = new ArrayList<>();

    private final SalesSeries sales = new SalesSeries();

    BuyersByRange(ReportPeriods periods) {
        this.periods = periods.size();
    }

    /** Adds a month of sales by {@link #COLUMNS} to the period that it is in. */
    void add(int period, SalesBy ofMonth) {
        ofMonth.forEachByCodes((codes, each) -> {
            if (codes[CUSTOMER] != ColumnDictionary.NULL) {
                String affiliate =
                        ofMonth.values(AFFILIATE).text(codes[AFFILIATE]).toString();
                int index = affiliates.computeIfAbsent(affiliate, absent -> affiliates.size());
                add(ofMonth.values(CUSTOMER).text(codes[CUSTOMER]).getBytes(), index, 1L << period);
                sales.add(List.of(affiliate), period, periods, each);
            }
        });
    }

    private void add(byte[] customer, int affiliate, long bits) {
        int number = customers.numberOf(customer, 0, customer.length);
        if (number == periodsOfCustomers.size()) {
            periodsOfCustomers.add(new long[] {affiliate, bits});
            return;
        }
        long[] known = periodsOfCustomers.get(number);
        for (int i = 0; i < known.length; i += 2) {
            if (known[i] == affiliate) {
                known[i + 1] |= bits;
                return;
            }
        }
        long[] more = Arrays.copyOf(known, known.length + 2);
        more[known.length] = affiliate;
        more[known.length + 1] = bits;
        periodsOfCustomers.set(number, more);
    }

    private static long bits(long[] periodsByAffiliate, IntPredicate isAsked) {
        long bits = 0;
        for (int i = 0; i < periodsByAffiliate.length; i += 2) {
            if (isAsked.test((int) periodsByAffiliate[i])) {
                bits |= periodsByAffiliate[i + 1];
            }
        }
        return bits;
    }

    /** What the customers bought, by affiliate and period. */
    ReportSection sales() {
        return sales.section(List.of("affiliate"));
    }

    /** For each affiliate, and null for the group, and each period: the customers from then to it, to the next, and so on. */
    ReportSection customers() {
        List<List<Object>> rows = new ArrayList<>();
        affiliates.forEach((affiliate, index) -> addRows(rows, affiliate, asked -> asked == index));
        if (!affiliates.isEmpty()) {
            addRows(rows, null, asked -> true);
        }
        return ReportSection.of(List.of("affiliate", "from", "customers"), rows.stream());
    }

    private void addRows(List<List<Object>> rows, String affiliate, IntPredicate isAsked) {
        long[][] counts = counts(isAsked);
        for (int from = 0; from < periods; from++) {
            rows.add(Arrays.asList(
                    affiliate, from, LongStream.of(counts[from]).boxed().toList()));
        }
    }

    /** By first and last period of a range, the latter from the first on. */
    private long[][] counts(IntPredicate isAsked) {
        // A customer's first period in a range is one that he bought in, and begins after the one before that he bought
        // in.
        long[][] firstIn = new long[periods][periods];
        periodsOfCustomers.forEach(ofCustomer -> {
            int begin = 0;
            for (long rest = bits(ofCustomer, isAsked); rest != 0; rest &= rest - 1) {
                int period = Long.numberOfTrailingZeros(rest);
                for (int from = begin; from <= period; from++) {
                    firstIn[from][period]++;
                }
                begin = period + 1;
            }
        });
        long[][] counts = new long[periods][];
        for (int from = 0; from < periods; from++) {
            counts[from] = Arrays.copyOfRange(firstIn[from], from, periods);
            Arrays.parallelPrefix(counts[from], Long::sum);
        }
        return counts;
    }
}
