package io.retaillake.common.sqltable;

import io.retaillake.common.job.Problems;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Orders tables so that each comes after those among them that its query reads. */
public final class BuildOrder {

    private final Map<String, TableDefinition> tables = new HashMap<>();
    private final Problems problems;
    private final LinkedHashSet<String> path = new LinkedHashSet<>();
    private final Set<String> placed = new LinkedHashSet<>();

    private BuildOrder(List<TableDefinition> tables, Problems problems) {
        tables.forEach(table -> this.tables.put(table.name(), table));
        this.problems = problems;
    }

    /**
     * The tables in such an order; those that don't depend on each other stay in theirs.
     *
     * @param problems gets each cycle, with its path
     */
    public static List<TableDefinition> of(List<TableDefinition> tables, Problems problems) {
        BuildOrder order = new BuildOrder(tables, problems);
        tables.forEach(table -> order.place(table.name()));
        return order.placed.stream().map(order.tables::get).toList();
    }

    private void place(String table) {
        if (!tables.containsKey(table) || placed.contains(table)) {
            return;
        }
        if (!path.add(table)) {
            List<String> cycle = new ArrayList<>(path);
            cycle = cycle.subList(cycle.indexOf(table), cycle.size());
            problems.add(file(table) + ":1: the tables read each other in a circle: " + String.join(" → ", cycle)
                    + " → " + table);
            return;
        }
        tables.get(table).query().map(TableQuery::inputs).orElse(List.of()).forEach(this::place);
        path.remove(table);
        placed.add(table);
    }

    private String file(String table) {
        return Optional.of(tables.get(table))
                .flatMap(TableDefinition::query)
                .map(TableQuery::sqlFile)
                .orElse(table);
    }
}
