package io.retaillake.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What deployment and readers rely on in every query's file. */
class QueryFilesTest {

    /** The most that Athena takes as a named query's description. */
    private static final int MOST_DESCRIPTION_CHARACTERS = 1024;

    /** Compared with other figures than the source's, each by a test of its own. */
    private static final List<String> ABOUT_THE_LAKE_ITSELF = List.of("last-runs", "month-as-reported");

    /** The questions of the source system's owner. */
    private static final List<String> KPIS = List.of(
            "sales-by-year",
            "sales-by-month",
            "sales-by-day",
            "sales-by-weekday-and-hour",
            "sales-by-product",
            "sales-by-age-and-category",
            "sales-by-place",
            "affiliate-overview",
            "sales-by-customer");

    static List<QueryFile> queries() throws IOException {
        return QueryFile.all();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void saysWhatItAnswersItsGrainUnitsCostAndHowToChangeTheMonths(QueryFile query) {
        assertThat(query.description())
                .contains("Grain: ", "Units: ", "Cost: ", "Months: ")
                .hasSizeLessThanOrEqualTo(MOST_DESCRIPTION_CHARACTERS);
    }

    /** Athena runs one at a time; a semicolon elsewhere would split it for tools that cut at semicolons. */
    @ParameterizedTest
    @MethodSource("queries")
    void isOneStatementInAFixedOrder(QueryFile query) {
        assertThat(query.text()).doesNotContain(";").endsWith("\n");
        assertThat(query.statement()).containsPattern("\nORDER BY [^()]+$");
    }

    @ParameterizedTest
    @MethodSource("queries")
    void isComparedWithFiguresFromElsewhere(QueryFile query) {
        boolean compared = Files.exists(Resources.file("expected/" + query.question() + ".sql"));
        assertThat(compared).isNotEqualTo(ABOUT_THE_LAKE_ITSELF.contains(query.name()));
    }

    @Test
    void everyKpiHasAFormOverGoldAndOneOverSilver() throws IOException {
        for (String kpi : KPIS) {
            assertThat(QueryFile.named(kpi).statement())
                    .contains(" gold.")
                    .doesNotContain("silver.")
                    .doesNotContain("bronze.");
            assertThat(QueryFile.named(kpi + "-from-silver").statement())
                    .contains(" silver.purchases")
                    .doesNotContain("gold.");
        }
        assertThat(QueryFile.all()).filteredOn(QueryFile::isFromSilver).hasSameSizeAs(KPIS);
    }
}
