package io.retaillake.jobs.ops.verify;

import io.retaillake.common.command.TextTable;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.Check;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.sales.Sales;
import io.retaillake.common.sales.SalesBy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rows and amounts of a run, stage by stage, from the source to each mart. */
public record Reconciliation(List<Line> stages) {

    /**
     * One stage.
     *
     * @param name what was counted
     * @param rows purchases in it
     * @param amount their in-range amounts, in KRW
     * @param equals index of the stage that it must equal; -1 for none
     */
    public record Line(String name, long rows, BigDecimal amount, int equals) {}

    /**
     * Of a run and what its marts have in its months.
     *
     * @param sales what was read of each
     */
    public static Reconciliation of(
            PublishedRun run, Marts marts, Map<TableContract, SalesBy> sales, OverviewSales overview) {
        Map<String, String> bronze = run.seal(BronzeTables.PURCHASE).facts();
        Map<String, String> silver = run.seal(SilverTables.PURCHASES).facts();
        List<Line> stages = new ArrayList<>();
        stages.add(line("source", bronze, "source_rows", "source_amount", -1));
        stages.add(line("bronze.purchase", bronze, "rows", "amount", 0));
        Line purchases = line("silver.purchases", silver, "rows", "amount", -1);
        Line rejects = line("silver.purchase_rejects", silver, "rejected_rows", "rejected_amount", -1);
        stages.add(purchases);
        stages.add(rejects);
        stages.add(new Line(
                "silver, both",
                purchases.rows() + rejects.rows(),
                purchases.amount().add(rejects.amount()),
                1));
        for (TableDefinition definition : marts.definitions()) {
            TableContract mart = definition.contract();
            Sales total = mart.equals(GoldTables.AFFILIATE_OVERVIEW)
                    ? overview.total()
                    : sales.get(mart).total();
            String other = definition.addsUpTo().orElseThrow().table();
            List<String> names = stages.stream().map(Line::name).toList();
            stages.add(new Line(mart.qualifiedName(), total.purchases(), total.amount(), names.indexOf(other)));
        }
        return new Reconciliation(List.copyOf(stages));
    }

    private static Line line(String name, Map<String, String> facts, String rows, String amount, int equals) {
        return new Line(name, Long.parseLong(facts.get(rows)), new BigDecimal(facts.get(amount)), equals);
    }

    /** One check for rows and one for the amount of each stage that must equal another. */
    List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        for (Line stage : stages) {
            if (stage.equals() >= 0) {
                Line other = stages.get(stage.equals());
                checks.add(Check.equal("rows: " + stage.name() + " = " + other.name(), other.rows(), stage.rows()));
                checks.add(Check.equalAmounts(
                        "amount: " + stage.name() + " = " + other.name(), other.amount(), stage.amount()));
            }
        }
        return checks;
    }

    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        for (Line stage : stages) {
            facts.put(stage.name(), stage.rows() + " rows, " + stage.amount().toPlainString() + " KRW");
        }
        return facts;
    }

    /** The table for a person; on a terminal that is too narrow for it, what a stage must equal is in a line of its own below it. */
    List<String> lines(int columns) {
        List<List<String>> rows = new ArrayList<>();
        for (Line stage : stages) {
            rows.add(List.of(
                    stage.name(),
                    String.format(Locale.ROOT, "%,d", stage.rows()),
                    String.format(Locale.ROOT, "%,.2f", stage.amount()),
                    verdict(stage)));
        }
        List<String> lines = TextTable.lines(
                List.of("stage", "rows", "amount (KRW)", ""), new boolean[] {false, true, true, false}, rows);
        if (columns == 0 || lines.stream().allMatch(line -> line.length() <= columns)) {
            return lines;
        }
        lines = TextTable.lines(List.of("stage", "rows", "amount (KRW)"), new boolean[] {false, true, true}, rows);
        List<String> narrow = new ArrayList<>(lines.subList(0, lines.size() - rows.size()));
        for (int stage = 0; stage < rows.size(); stage++) {
            narrow.add(lines.get(lines.size() - rows.size() + stage));
            if (!verdict(stages.get(stage)).isEmpty()) {
                narrow.add("  " + verdict(stages.get(stage)));
            }
        }
        return narrow;
    }

    private String verdict(Line stage) {
        return other(stage)
                .map(other -> (agree(stage, other) ? "= " : "DIFFERS FROM ") + other.name())
                .orElse("");
    }

    /** The stage that {@code stage} must equal, if any. */
    public Optional<Line> other(Line stage) {
        return stage.equals() < 0 ? Optional.empty() : Optional.of(stages.get(stage.equals()));
    }

    /** Whether two stages have the same rows and the same amount. */
    public static boolean agree(Line stage, Line other) {
        return stage.rows() == other.rows() && stage.amount().compareTo(other.amount()) == 0;
    }
}
