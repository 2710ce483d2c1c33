package io.retaillake.common.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.BronzeTables;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CastingViewsTest {

    /** PostgreSQL refuses money as a double, and gives a real other digits. */
    @ParameterizedTest
    @CsvSource({
        "money,amount::numeric::double precision AS amount",
        "real,amount::text::double precision AS amount",
        "integer,amount::double precision AS amount",
        "double precision,amount"
    })
    void castsAmountsAsPostgresqlCan(String type, String expression) {
        SortedMap<String, String> types = new TreeMap<>();
        SourceCatalog.sourceColumns(BronzeTables.PURCHASE).forEach(column -> types.put(column.name(), "text"));
        types.put("amount", type);

        assertThat(CastingViews.statements("retail", Map.of(BronzeTables.PURCHASE, types), "reader"))
                .anySatisfy(
                        statement -> assertThat(statement).endsWith(", " + expression + " FROM \"retail\".purchase;"));
    }
}
