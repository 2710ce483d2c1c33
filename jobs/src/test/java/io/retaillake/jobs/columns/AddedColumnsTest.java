package io.retaillake.jobs.columns;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.run.JobMain;
import io.retaillake.jobs.bronze.ExtractDimensions;
import io.retaillake.jobs.bronze.ExtractPurchases;
import io.retaillake.jobs.bronze.TestSource;
import io.retaillake.jobs.silver.BuildPurchases;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Adds columns of every type to the source and, as the guide says, a line for each to {@code SourceColumns}, and nothing else. A process
 * with these mappings goes on with a lake that the project's own have made.
 */
@Tag("thorough")
class AddedColumnsTest {

    private static final Path MAPPINGS =
            Path.of("../common/lake/src/main/java/io/retaillake/common/contract/SourceColumns.java");
    private static final int MINUTES = 5;

    @TempDir
    private static Path folder;

    private static TestSource source;

    @BeforeAll
    static void extractAndBuild() throws Exception {
        Path lake = folder.resolve("lake");
        source = TestSource.create(Files.createDirectory(folder.resolve("good")));
        addColumns(source);
        addRows(source);
        JobMain.run(new ExtractDimensions(), source.options(lake, "before"));
        JobMain.run(new ExtractPurchases(), source.options(lake, "before", "--from", "2015-01", "--to", "2015-01"));
        JobMain.run(new BuildPurchases(), "--lake", lake.toString(), "--run-id", "before");
        TestSource bad = TestSource.create(Files.createDirectory(folder.resolve("bad")));
        addColumns(bad);
        addBadRows(bad);

        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of(
                "-cp",
                compileMappings() + File.pathSeparator + System.getProperty("java.class.path"),
                LakeWithAddedColumns.class.getName(),
                folder.toString(),
                lake.toString()));
        command.addAll(List.of(source.options(lake, "added")));
        command.add("--");
        command.addAll(List.of(bad.options(folder.resolve("bad-lake"), "added")));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(() -> {
                    try {
                        return Files.readString(log);
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .isZero();
    }

    @Test
    void landsADimensionsColumnsAsTheyAreInTheSource() throws Exception {
        assertThat(told("bronze.customer")).containsExactlyElementsOf(inSource("customer", "customer_id", "true"));
    }

    @Test
    void landsAPurchasesColumnsAsTheyAreInTheSource() throws Exception {
        assertThat(told("bronze.purchase")).hasSameElementsAs(inSource("purchase", "receipt_no", "true"));
    }

    @Test
    void takesThemIntoSilver() throws Exception {
        assertThat(told("silver.purchases"))
                .hasSameElementsAs(inSource("purchase", "receipt_no", "purchase_date <> 'broken'"));
    }

    @Test
    void keepsThemOfRejectedRowsAsText() throws Exception {
        assertThat(told("silver.purchase_rejects"))
                .contains("R9 receipt_no R9", "R9 sold_on 9999-12-31", "R9 clicks 9223372036854775807");
    }

    @Test
    void stillReadsBronzeByItsBytes() throws Exception {
        assertThat(told("read-by-bytes")).containsExactly("true");
    }

    @Test
    void refusesWhatTheLakeCannotHoldWithColumnKindAndNumber() throws Exception {
        String failures = String.join("\n", told("failures"));
        for (String table : List.of("customer", "purchase")) {
            assertThat(failures)
                    .contains(
                            table + ".price: NaN in 1 of 3 rows",
                            table + ".measure: NaN in 1 of 3 rows",
                            table + ".measure: infinite in 1 of 3 rows",
                            table + ".measure: more digits than numeric(20,5) has in 1 of 3 rows",
                            table + ".sold_on: infinite in 1 of 3 rows",
                            table + ".sold_on: outside the years 1 to 9999 in 2 of 3 rows",
                            table + ".sold_at: infinite in 1 of 3 rows",
                            table + ".sold_at: outside the years 1 to 9999 in 1 of 3 rows",
                            table + ".shipped_at: infinite in 2 of 3 rows");
        }
        assertThat(failures.lines().filter(line -> line.startsWith("3 ")))
                .as("failures with exit code 3")
                .hasSize(2);
        assertThat(failures).doesNotContain("clicks", "weight");
    }

    /** What a reader of the lake was told. */
    private static List<String> told(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    /** The same of the source; rows of January were extracted before there were the columns. */
    private static List<String> inSource(String table, String key, String condition) throws SQLException {
        List<String> rows = new ArrayList<>();
        String before = table.equals("purchase") ? "purchase_date LIKE '201501%'" : "false";
        String keys = source.query(
                "SELECT string_agg(" + key + ", ',' ORDER BY " + key + ") FROM {s}." + table + " WHERE " + condition);
        for (String row : keys.split(",", -1)) {
            rows.add(row + " " + key + " " + row);
            for (AddedColumn column : AddedColumn.ALL) {
                String text = source.query("SELECT CASE WHEN NOT (" + before + ") THEN "
                        + column.text().formatted(column.quoted()) + " END FROM {s}." + table + " WHERE " + key + " = '"
                        + row + "'");
                if (text != null && column.name().equals("weight")) {
                    text = Double.toString(Double.parseDouble(text));
                }
                rows.add(row + " " + column.lakeName() + " "
                        + Objects.toString(text).replace("\n", "\\n"));
            }
        }
        return rows;
    }

    private static void addColumns(TestSource of) throws SQLException {
        for (String table : List.of("customer", "purchase")) {
            for (AddedColumn column : AddedColumn.ALL) {
                of.execute("ALTER TABLE {s}." + table + " ADD COLUMN " + column.quoted() + " " + column.sourceType());
            }
        }
    }

    private static void addRows(TestSource of) throws SQLException {
        for (int row = 0; row < 5; row++) {
            int number = row;
            String values = AddedColumn.ALL.stream()
                    .map(column -> column.values().get(number))
                    .collect(Collectors.joining(", "));
            of.execute("INSERT INTO {s}.customer VALUES ('C" + row + "', 'F', '20', '061', " + values + ")");
            insertPurchase(of, "R" + row, "20150214", values);
        }
        String values =
                AddedColumn.ALL.stream().map(column -> column.values().get(0)).collect(Collectors.joining(", "));
        insertPurchase(of, "R5", "20150131", values);
        insertPurchase(of, "R9", "broken", values);
    }

    private static void addBadRows(TestSource of) throws SQLException {
        String columns = "price, measure, sold_on, sold_at, shipped_at";
        List<String> bad = List.of(
                "'NaN', 'NaN', 'infinity', '-infinity', 'infinity'",
                "1, 'Infinity', '0001-12-31 BC', '10000-01-01', '-infinity'",
                "NULL, 0.000001, '294275-01-01', NULL, NULL");
        for (int row = 0; row < bad.size(); row++) {
            of.execute("INSERT INTO {s}.customer (customer_id, sex, age_group, " + columns + ") VALUES ('C" + row
                    + "', 'F', '20', " + bad.get(row) + ")");
            of.execute(
                    "INSERT INTO {s}.purchase (affiliate, receipt_no, division_cd, main_category_cd, sub_category_cd, "
                            + columns + ") VALUES ('A', 'R" + row + "', 'D', 'M', 'S', " + bad.get(row) + ")");
        }
    }

    private static void insertPurchase(TestSource of, String receipt, String date, String values) throws SQLException {
        of.execute("INSERT INTO {s}.purchase VALUES ('A', '" + receipt + "', 'D', 'M', 'S', NULL, 'T', '" + date
                + "', '7', 1000, " + values + ")");
    }

    /** The project's mappings with a line more for each added column. */
    private static Path compileMappings() throws IOException {
        String mappings = Files.readString(MAPPINGS);
        for (String table : List.of("CUSTOMER", "PURCHASE")) {
            String lines = AddedColumn.ALL.stream()
                    .map(column -> column.mapping() + (table.equals("PURCHASE") ? ".inSilver()" : ""))
                    .collect(Collectors.joining(",\n"));
            int end = mappings.indexOf(");\n", mappings.indexOf("List<ColumnMapping> " + table + " ="));
            mappings = mappings.substring(0, end) + ",\n" + lines + mappings.substring(end);
        }
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path file = Files.writeString(folder.resolve("SourceColumns.java"), mappings);
        String[] options = Stream.of(
                        "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), file.toString())
                .toArray(String[]::new);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, options))
                .as(() -> "compiled: " + Arrays.toString(options))
                .isZero();
        return classes;
    }
}
