package io.retaillake.generator;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.bronze.ExtractDimensions;
import io.retaillake.jobs.bronze.ExtractPurchases;
import io.retaillake.jobs.bronze.TestSource;
import io.retaillake.jobs.gold.SalesByCustomer;
import io.retaillake.jobs.gold.SalesByProduct;
import io.retaillake.jobs.silver.BuildPurchases;
import io.retaillake.jobs.tables.BuildTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables that come with the library, of generated data with every defect, against what PostgreSQL works out from the source. */
class ShippedTablesTest {

    private static final String RESOURCES = "/io/retaillake/generator/";
    private static final Path VALID_PURCHASES = Path.of("../queries/src/test/resources/valid-purchases.sql");
    private static final LoadProgress UNSEEN = new LoadProgress() {
        @Override
        public void step(String name) {}

        @Override
        public void rows(long rowsDone, long rowsExpected) {}
    };

    @TempDir
    private static Path folder;

    private static TestSource source;
    private static TestLake lake;

    @BeforeAll
    static void build() throws SQLException, IOException, FailedJobException {
        source = TestSource.create(folder);
        SourceLoader.load(source::connect, source.schema(), new GeneratorOptions(1, 0.002, 0.02), 2, UNSEEN);
        source.execute(Files.readString(VALID_PURCHASES));
        source.execute("ANALYZE {s}.valid_purchase");
        Path lakeFolder = folder.resolve("lake");
        lake = new TestLake(lakeFolder);
        for (Job extract : List.of(new ExtractDimensions(), new ExtractPurchases())) {
            JobMain.run(extract, source.options(lakeFolder, "r1"));
        }
        for (Job job : List.of(new BuildPurchases(), new SalesByCustomer(), new SalesByProduct())) {
            lake.run(job, "r1");
        }
        Path definitions = Path.of("src/test/resources" + RESOURCES + "definitions");
        lake.run(new BuildTable(), "r1", "--tables", definitions.toString());
    }

    private static String resource(String name) throws IOException {
        return new String(
                ShippedTablesTest.class.getResourceAsStream(RESOURCES + name).readAllBytes(), StandardCharsets.UTF_8);
    }

    static Stream<String> tables() {
        return TableRegistry.load().tables().stream()
                .filter(table ->
                        table.query().filter(query -> !query.onRequest()).isPresent())
                .map(TableDefinition::name);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void givesTheFiguresOfTheSource(String table) throws SQLException, IOException {
        List<String> expected = inSource(resource("expected/" + table.replace("gold.", "") + ".sql"));

        assertThat(rows(table)).hasSizeGreaterThan(50).isEqualTo(expected);
    }

    @Test
    void givesTheRowsOfTheMartThatHasAJobOfItsOwn() {
        assertThat(rows("gold.products_in_sql")).hasSizeGreaterThan(50).isEqualTo(rows("gold.sales_by_product"));
    }

    private static List<String> rows(String table) {
        return lake.spark().table("lake." + table).collectAsList().stream()
                .map(ShippedTablesTest::line)
                .sorted()
                .toList();
    }

    private static List<String> inSource(String sql) throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            // How many rows a WITH has is not known to the planner, which would compare each with each.
            statement.execute("SET enable_nestloop = off");
            try (ResultSet rows = statement.executeQuery(source.in(sql))) {
                return lines(rows);
            }
        }
    }

    private static List<String> lines(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<String> lines = new ArrayList<>();
        while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                cells.add(rows.getString(column));
            }
            lines.add(String.join("|", cells.stream().map(String::valueOf).toList()));
        }
        lines.sort(null);
        return lines;
    }

    private static String line(Row row) {
        return IntStream.range(0, row.length())
                .mapToObj(row::get)
                .map(cell -> cell instanceof BigDecimal number ? number.toPlainString() : String.valueOf(cell))
                .collect(joining("|"));
    }
}
