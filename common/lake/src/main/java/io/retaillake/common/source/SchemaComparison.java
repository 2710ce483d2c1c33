package io.retaillake.common.source;

import io.retaillake.common.command.ShellWords;
import io.retaillake.common.contract.ColumnMapping;
import io.retaillake.common.contract.SourceColumns;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The source's tables beside their contracts.
 *
 * @param schema the source's schema
 * @param relations the tables that are there
 * @param differences what is not as a contract says, one line each; nothing can be extracted with them
 * @param sideBySide contract and source, column by column, of every table that differs
 * @param views SQL that makes views by which the tables can be extracted nevertheless; empty where no cast helps
 * @param unreadable the tables that the user may not read
 */
public record SchemaComparison(
        String schema,
        List<SourceRelation> relations,
        List<String> differences,
        List<String> sideBySide,
        List<String> views,
        List<String> unreadable) {

    private static final String NOTHING = "-";

    /** What was changed in the source without keeping it from being extracted, one line each. */
    public List<String> notices() {
        return relations.stream()
                .flatMap(relation -> relation.notices().stream())
                .toList();
    }

    /**
     * The tables, if they can be extracted.
     *
     * @throws JobException exit code 3 listing every table, column or type that is not as the contract says, exit code 4
     *     listing every missing privilege
     */
    public List<SourceRelation> requireExtractable() {
        if (!differences.isEmpty()) {
            throw JobException.badData("The source's schema " + schema
                    + " is not what the contract says; this job extracted nothing.\n- "
                    + String.join("\n- ", differences)
                    + (sideBySide.isEmpty() ? "" : "\n" + String.join("\n", sideBySide))
                    + "\n" + String.join("\n", wayOut()));
        }
        if (!unreadable.isEmpty()) {
            throw JobException.outsideSystem(
                    "The source's user may not read these tables of schema " + schema + ": "
                            + String.join(", ", unreadable)
                            + "\nGrant it USAGE on the schema and SELECT on the tables; PrepareSource does.",
                    null);
        }
        return relations;
    }

    /** What to do about the differences, line by line. */
    public List<String> wayOut() {
        List<String> lines = new ArrayList<>();
        lines.add("Fix the source, or give the right --source-schema or --source-database.");
        if (!views.isEmpty()) {
            lines.add("Or have views cast the columns, which are read over one connection: as the tables' owner, type");
            views.forEach(statement -> lines.add("  " + statement));
            lines.add("and repeat the run with --source-schema " + ShellWords.quoted(CastingViews.schema(schema))
                    + " and another --run-id.");
        }
        return lines;
    }

    /** What keeps a table from being extracted by {@code contract}. */
    static List<String> differences(TableContract contract, SortedMap<String, String> types) {
        List<String> differences = new ArrayList<>();
        for (ColumnMapping column : SourceColumns.of(contract)) {
            String type = types.get(column.source());
            String accepted = column.type().accepted();
            String name = contract.name() + "." + column.source();
            if (type == null) {
                List<String> candidates = renamed(contract, column, types);
                differences.add(name + ": the column is missing; the contract has " + accepted + ", the table has "
                        + types.keySet()
                        + (candidates.isEmpty() ? "" : "; was it renamed to " + String.join(" or ", candidates) + "?"));
            } else if (!column.type().accepts(type)) {
                differences.add(name + ": the contract has " + accepted + ", the source has " + type);
            }
        }
        return differences;
    }

    /** The table's columns that no contract knows and that could hold what {@code missing} did. */
    private static List<String> renamed(
            TableContract contract, ColumnMapping missing, SortedMap<String, String> types) {
        return unknown(contract, types).stream()
                .filter(name -> missing.type().accepts(types.get(name)))
                .toList();
    }

    private static List<String> unknown(TableContract contract, SortedMap<String, String> types) {
        List<String> known =
                SourceColumns.of(contract).stream().map(ColumnMapping::source).toList();
        return types.keySet().stream().filter(name -> !known.contains(name)).toList();
    }

    /** What was changed in a table without keeping it from being extracted. */
    static List<String> notices(TableContract contract, SortedMap<String, String> types) {
        List<String> notices = new ArrayList<>();
        for (ColumnMapping column : SourceColumns.of(contract)) {
            String type = types.get(column.source());
            String declared = column.type().declared();
            if (type != null && column.type().accepts(type) && !type.equals(declared)) {
                notices.add(contract.name() + "." + column.source() + ": the contract has " + declared
                        + ", the source has " + type + "; it is extracted as it is");
            }
        }
        unknown(contract, types)
                .forEach(name ->
                        notices.add(contract.name() + "." + name + ": the contract has no such column, the source has "
                                + types.get(name) + "; it is not extracted"));
        return notices;
    }

    /** Contract and source, column by column; {@code !} marks what can't be extracted, {@code +} what the contract lacks. */
    static List<String> sideBySide(TableContract contract, SortedMap<String, String> types) {
        List<String> lines = new ArrayList<>();
        lines.add(line(" ", contract.name(), "contract", "source"));
        for (ColumnMapping column : SourceColumns.of(contract)) {
            String type = types.getOrDefault(column.source(), NOTHING);
            String mark = column.type().accepts(type) ? " " : "!";
            lines.add(line(mark, column.source(), column.type().declared(), type));
        }
        unknown(contract, types).forEach(name -> lines.add(line("+", name, NOTHING, types.get(name))));
        return lines;
    }

    private static String line(String mark, String name, String contract, String source) {
        return String.format("  %s %-20s  %-22s  %s", mark, name, contract, source);
    }
}
