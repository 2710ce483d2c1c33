package io.retaillake.benchmark;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a contestant's tables add up to, by table and affiliate: so it is seen that all of them did the same work.
 *
 * @param byTable the totals of each table and affiliate
 */
record MartTotals(Map<String, Totals> byTable) {

    /** The first line of what {@link #ofCsv} reads. */
    static final String HEADER = "mart,affiliate,rows,amount,count_of_purchase,count_of_receipt,count_of_customer";

    /** Silver's rejects, as a table of the totals. */
    private static final String REJECTS = "purchase_rejects ";

    /** The most that rounding one amount to hundredths of a won changes it by. */
    private static final BigDecimal ROUNDING_KRW = new BigDecimal("0.005");

    /** One query for all tables of a lake that the jobs have filled. */
    static final String QUERY_OF_OURS = ourQuery();

    /**
     * What one affiliate's rows of a table add up to.
     *
     * @param rows their number
     * @param amount in KRW; null where the table has none
     * @param others purchases, receipts, customers; as text, empty where the table has none
     */
    record Totals(long rows, BigDecimal amount, List<String> others) {}

    MartTotals {
        byTable = Map.copyOf(byTable);
    }

    /** Of lines with the fields of {@link #HEADER}, which come first. */
    static MartTotals ofCsv(String csv) {
        Map<String, Totals> totals = new TreeMap<>();
        csv.lines()
                .skip(1)
                .map(line -> List.of(line.replace("\"", "").split(",", -1)))
                .forEach(fields -> {
                    BigDecimal amount = fields.get(3).isEmpty() ? null : new BigDecimal(fields.get(3));
                    totals.put(
                            fields.get(0) + " " + fields.get(1),
                            new Totals(Long.parseLong(fields.get(2)), amount, fields.subList(4, 7)));
                });
        return new MartTotals(totals);
    }

    /** How many purchases were rejected. */
    long rejects() {
        return byTable.containsKey(REJECTS) ? byTable.get(REJECTS).rows() : 0;
    }

    /**
     * How {@code other}, whose tables these have too, differs; nothing where both agree.
     *
     * @param exactly else amounts may differ by what rounding each purchase makes, as sums of doubles
     *     do, and what {@code other} does not count is not compared
     */
    List<String> differences(String name, MartTotals other, String otherName, boolean exactly) {
        List<String> differences = new ArrayList<>();
        if (exactly && !byTable.keySet().equals(other.byTable.keySet())) {
            differences.add(name + " has totals of " + new TreeMap<>(byTable).keySet() + ", " + otherName + " of "
                    + new TreeMap<>(other.byTable).keySet());
        }
        new TreeMap<>(other.byTable).forEach((table, totals) -> {
            Totals mine = byTable.get(table);
            if (mine == null || !agree(mine, totals, exactly)) {
                differences.add(table.strip() + ": " + name + " has " + mine + ", " + otherName + " has " + totals);
            }
        });
        return differences;
    }

    private static boolean agree(Totals mine, Totals other, boolean exactly) {
        if (mine.rows != other.rows) {
            return false;
        }
        for (int i = 0; i < mine.others.size(); i++) {
            boolean counted = exactly || !other.others.get(i).isEmpty();
            if (counted && !mine.others.get(i).equals(other.others.get(i))) {
                return false;
            }
        }
        if (mine.amount == null || other.amount == null) {
            return mine.amount == null && other.amount == null;
        }
        return exactly
                ? mine.amount.compareTo(other.amount) == 0
                : mine.amount
                                .subtract(other.amount)
                                .abs()
                                .compareTo(ROUNDING_KRW.multiply(new BigDecimal(mine.others.get(0))))
                        <= 0;
    }

    private static String ourQuery() {
        List<String> selects = DuckDbSteps.MARTS.stream()
                .map(mart -> {
                    boolean receipts = !mart.contains("product") && !mart.contains("residence");
                    String customers = switch (mart) {
                        case "sales_by_customer" -> "count(DISTINCT customer_id)";
                        case "affiliate_overview" -> "sum(count_of_customer)";
                        default -> "CAST(NULL AS bigint)";
                    };
                    return "SELECT '" + mart + "' AS mart, affiliate, count(*) AS rows, sum(total_purchase_amount),"
                            + " sum(count_of_purchase), "
                            + (receipts ? "sum(count_of_receipt)" : "CAST(NULL AS bigint)") + ", " + customers
                            + " FROM gold." + mart + " GROUP BY affiliate";
                })
                .collect(Collectors.toCollection(ArrayList::new));
        selects.add("SELECT 'purchases', affiliate, count(*), sum(amount), count(*), CAST(NULL AS bigint),"
                + " CAST(NULL AS bigint) FROM silver.purchases GROUP BY affiliate");
        selects.add("SELECT 'purchase_rejects', '', count(*), CAST(NULL AS decimal(28,2)), CAST(NULL AS bigint),"
                + " CAST(NULL AS bigint), CAST(NULL AS bigint) FROM silver.purchase_rejects");
        return String.join(" UNION ALL ", selects);
    }
}
