package io.retaillake.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Analysts see in the catalog what the data dictionary says. */
class DictionaryIT {

    /** The pipeline, whose lake this is, has no part in them. */
    private static final Set<String> OF_STREAMS_AND_LOGS = Set.of(
            "silver.events",
            "silver.event_rejects",
            "gold.events_by_window",
            "gold.late_events",
            "silver.access_logs",
            "gold.access_log_counts");

    private static Stream<Dictionary.Column> columnsOfThePipeline() {
        return Dictionary.columns().stream().filter(column -> !OF_STREAMS_AND_LOGS.contains(column.table()));
    }

    @Test
    void everyTableHasTheColumnsTypesAndCommentsOfTheDictionary() {
        Figures inCatalog = TestLake.get().trino().query("""
                SELECT table_schema || '.' || table_name AS "table", column_name, data_type, comment
                FROM information_schema.columns
                WHERE table_schema IN ('bronze', 'silver', 'gold', 'ops')
                ORDER BY table_schema, table_name, ordinal_position""").figures();

        List<String> inDictionary = columnsOfThePipeline()
                .map(column ->
                        Figures.row(List.of(column.table(), column.name(), column.athenaType(), column.comment())))
                .toList();
        assertThat(inCatalog.rows()).containsExactlyInAnyOrderElementsOf(inDictionary);
    }

    @Test
    void everyTableHasItsGrainAsComment() {
        Figures comments = TestLake.get().trino().query("""
                SELECT schema_name || '.' || table_name AS "table", comment
                FROM system.metadata.table_comments
                WHERE catalog_name = 'awsdatacatalog' AND schema_name IN ('bronze', 'silver', 'gold', 'ops')
                ORDER BY schema_name, table_name""").figures();

        List<String> tables =
                columnsOfThePipeline().map(Dictionary.Column::table).distinct().toList();
        assertThat(comments.rows())
                .hasSameSizeAs(tables)
                .allMatch(row -> row.matches("(?s)\\w+\\.\\w+\\|.+ / .*[가-힣].*"));
    }

    @Test
    void noColumnIsNullThatTheDictionarySaysIsNot() {
        Map<String, List<Dictionary.Column>> tables = columnsOfThePipeline()
                .filter(column -> !column.nullable())
                .collect(Collectors.groupingBy(Dictionary.Column::table, TreeMap::new, Collectors.toList()));
        tables.forEach((table, columns) -> {
            String anyNull = columns.stream()
                    .map(column -> '"' + column.name() + "\" IS NULL")
                    .collect(Collectors.joining(" OR "));
            String query = "SELECT count(*) > 0 AS has_rows, count_if(" + anyNull + ") AS nulls FROM " + table;
            assertThat(TestLake.get().trino().query(query).figures().rows())
                    .as(table)
                    .containsExactly("true|0");
        });
    }
}
