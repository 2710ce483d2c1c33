package io.retaillake.jobs.ops.verify;

import io.retaillake.common.command.TextTable;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.SilverTables;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The source's rows that a run did not take into silver, and why.
 *
 * @param rows rejected rows, each once
 * @param amount their in-range amounts in KRW, as text, because a script's numbers would round it
 * @param sourceRows rows of the source in the same months
 * @param sourceAmount their amount, as text
 * @param reasons the reasons, that of most rows first; empty where nothing was rejected, or by a version that did not count them
 */
public record RejectedRows(long rows, String amount, long sourceRows, String sourceAmount, List<Reason> reasons) {

    private static final String ROWS = "rejected_rows";
    private static final String AMOUNT = "rejected_amount";
    private static final int PERCENT_DIGITS = 2;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * The rows that have one reason; a row with several is in each of them, so that reasons add up to more than the rows.
     *
     * @param name as in {@code silver.purchase_rejects.reasons}
     */
    public record Reason(String name, long rows, String amount) {}

    /** Of a run, as it was counted when silver was written. */
    public static RejectedRows of(PublishedRun run) {
        Map<String, String> source = run.seal(BronzeTables.PURCHASE).facts();
        Map<String, String> silver = run.seal(SilverTables.PURCHASES).facts();
        String prefix = ROWS + "_";
        List<Reason> reasons = silver.keySet().stream()
                .filter(fact -> fact.startsWith(prefix))
                .map(fact -> fact.substring(prefix.length()))
                .map(name ->
                        new Reason(name, Long.parseLong(silver.get(prefix + name)), silver.get(AMOUNT + "_" + name)))
                .sorted(Comparator.comparingLong(Reason::rows).reversed().thenComparing(Reason::name))
                .toList();
        return new RejectedRows(
                Long.parseLong(silver.get(ROWS)),
                silver.get(AMOUNT),
                Long.parseLong(source.get("source_rows")),
                source.get("source_amount"),
                reasons);
    }

    /** For a person: nothing where no row was rejected. */
    List<String> lines() {
        if (rows == 0) {
            return List.of();
        }
        List<String> table = TextTable.lines(
                List.of("reason", "rows", "% of source rows", "amount (KRW)"),
                new boolean[] {false, true, true, true},
                Stream.concat(reasons.stream(), Stream.of(new Reason("all rejected rows", rows, amount)))
                        .map(this::cells)
                        .toList());
        return Stream.of(
                        List.of("Rejected rows by reason (a row with several reasons counts under each)"),
                        table,
                        List.of("By month, in Athena: data/queries/rejects-by-reason-and-month.sql"))
                .flatMap(List::stream)
                .toList();
    }

    private List<String> cells(Reason reason) {
        return List.of(
                reason.name(),
                String.format(Locale.ROOT, "%,d", reason.rows()),
                percent(reason.rows()),
                String.format(Locale.ROOT, "%,.2f", new BigDecimal(reason.amount())));
    }

    /** The share of the source's rows, which is shown as 0 only if it is. */
    private String percent(long part) {
        if (sourceRows == 0) {
            return "-";
        }
        BigDecimal percent = BigDecimal.valueOf(part)
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(sourceRows), PERCENT_DIGITS, RoundingMode.HALF_UP);
        return percent.signum() == 0 && part > 0 ? "<0.01" : percent.toPlainString();
    }
}
