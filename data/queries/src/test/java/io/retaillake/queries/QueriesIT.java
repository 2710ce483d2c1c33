package io.retaillake.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every query over the tables that the jobs wrote, against what PostgreSQL works out from the source. */
class QueriesIT {

    static Stream<QueryFile> queries() throws IOException {
        return QueryFile.all().stream().filter(query -> Files.exists(Resources.file(expected(query))));
    }

    private static String expected(QueryFile query) {
        return "expected/" + query.question() + ".sql";
    }

    @ParameterizedTest
    @MethodSource("queries")
    void givesTheFiguresOfTheSource(QueryFile query) throws Exception {
        TestLake lake = TestLake.get();
        Figures expected = lake.source().query(Resources.text(Resources.file(expected(query))));

        Figures actual = lake.trino().query(query.text()).figures();

        assertThat(actual.rows()).isNotEmpty();
        assertThat(actual.columns()).isEqualTo(expected.columns());
        assertThat(actual.rows()).isEqualTo(expected.rows());
    }
}
