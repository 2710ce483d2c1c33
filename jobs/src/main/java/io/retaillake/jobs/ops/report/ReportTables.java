package io.retaillake.jobs.ops.report;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.SmallTable;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.registry.TableRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.data.Record;

/**
 * What a report shows of tables that are defined in SQL: of all months, and nothing of a table that is not there.
 *
 * @param publication gets the snapshots that are read as its inputs
 * @param affiliates those that the report shows
 */
record ReportTables(Lake lake, Publication publication, ShownAffiliates affiliates) {

    /** How many months after their first purchase a page tells of customers. */
    private static final int MOST_MONTHS_SINCE = 24;

    /** The most places of an affiliate that a page holds. */
    private static final int MOST_PLACES = 10;

    private record Customers(long all, long active) {

        Customers plus(Customers other) {
            return new Customers(all + other.all, active + other.active);
        }
    }

    /** Customers by affiliate and months since their first purchase there, cohorts of all months together. */
    ReportSection retention() {
        Map<List<Object>, Customers> customers = new HashMap<>();
        rows("gold.customer_retention")
                .filter(row -> (Integer) row.getField("months_since") <= MOST_MONTHS_SINCE)
                .forEach(row -> customers.merge(
                        List.of(affiliates.name((String) row.getField("affiliate")), row.getField("months_since")),
                        new Customers((Long) row.getField("count_of_customer"), (Long)
                                row.getField("count_of_active_customer")),
                        Customers::plus));
        return ReportSection.of(
                List.of("affiliate", "months_since", "customers", "active"),
                customers.entrySet().stream()
                        .map(entry -> List.<Object>of(
                                entry.getKey().get(0),
                                entry.getKey().get(1),
                                entry.getValue().all(),
                                entry.getValue().active())));
    }

    /** The best places for another store of each affiliate that is shown by itself. */
    ReportSection potential() {
        List<String> columns = List.of(
                "affiliate",
                "rank",
                "province_city",
                "city_county",
                "count_of_customer",
                "amount_elsewhere",
                "average_amount_per_customer");
        return ReportSection.of(
                List.of("affiliate", "rank", "province_city", "city_county", "customers", "elsewhere", "average"),
                rows("gold.store_potential")
                        .filter(row -> (Integer) row.getField("rank") <= MOST_PLACES)
                        .filter(row -> affiliates.named().contains(row.getField("affiliate")))
                        .map(row -> columns.stream().map(row::getField).toList()));
    }

    /** All rows: there are few of each table, for each affiliate one of each place, or of two months. */
    private Stream<Record> rows(String name) {
        TableContract contract = TableRegistry.load().contract(name);
        return lake
                .find(contract)
                .filter(table -> table.currentSnapshot() != null)
                .map(table -> SmallTable.rows(table, publication.input(contract, "BuildTable")))
                .orElse(List.of())
                .stream();
    }
}
