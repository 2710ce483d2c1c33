package io.retaillake.benchmark;

import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * The same tables by DuckDB, as somebody who knows it would make them on one machine: {@code COPY} out of one snapshot into
 * files, load them into a database file, and write bronze, silver and the marts from there as Parquet. One process does all,
 * because nothing keeps DuckDB from it; each step is timed by itself. It checks nothing, and publishes nothing atomically.
 */
final class DuckDbSteps {

    static final List<String> TABLES = List.of("customer", "products_info", "zipcode", "purchase");
    static final List<String> MARTS = List.of(
            "sales_by_datetime",
            "sales_by_product",
            "sales_by_age_product",
            "sales_by_residence",
            "sales_by_customer",
            "affiliate_overview");

    private static final int BUFFER_BYTES = 1 << 20;

    private DuckDbSteps() {}

    /** Does everything, or prints the totals of what is there. */
    public static void main(String[] arguments) throws Exception {
        StepOptions options = StepOptions.of(arguments);
        Path folder = options.folder();
        Files.createDirectories(folder.resolve("csv"));
        Files.createDirectories(folder.resolve("lake/bronze"));
        Files.createDirectories(folder.resolve("lake/silver"));
        Files.createDirectories(folder.resolve("lake/gold"));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("retail.duckdb"));
                Statement statement = duckdb.createStatement()) {
            configure(statement, options);
            if (options.step().equals(StepOptions.TOTALS)) {
                printTotals(statement, folder);
            } else {
                runAll(statement, options);
            }
        }
    }

    private static void configure(Statement statement, StepOptions options) throws Exception {
        statement.execute("SET threads = " + options.cores());
        // As much as a job's heap; what does not fit goes to disk. The process's own heap comes on top.
        statement.execute("SET memory_limit = '" + options.memory().toUpperCase(Locale.ROOT) + "iB'");
        statement.execute("SET temp_directory = '" + options.folder().resolve("temporary") + "'");
        // Rows have no order here either; keeping one would cost.
        statement.execute("SET preserve_insertion_order = false");
    }

    private static void runAll(Statement statement, StepOptions options) throws Exception {
        Path folder = options.folder();
        Steps steps = new Steps(folder);
        steps.run("bronze", "COPY to files", () -> copyOut(options));
        steps.run("bronze", "load", () -> execute(statement, folder, "load"));
        steps.run("bronze", "write bronze", () -> execute(statement, folder, "bronze"));
        boolean keyIsEnforced = options.source().keyIsEnforced();
        steps.run("silver", "silver", () -> writeSilver(statement, folder, keyIsEnforced));
        for (String mart : MARTS) {
            steps.run("gold", mart, () -> execute(statement, folder, mart));
        }
    }

    private static void copyOut(StepOptions options) throws Exception {
        try (Connection source = options.source().connect();
                Statement statement = source.createStatement()) {
            source.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            for (String table : TABLES) {
                Path file = options.folder().resolve("csv").resolve(table + ".csv");
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
                    CopyOut.copy(source, options.source().table(table), "csv", out);
                }
            }
        }
    }

    private static void writeSilver(Statement statement, Path folder, boolean keyIsEnforced) throws Exception {
        execute(statement, folder, "silver");
        boolean repeats = !keyIsEnforced && someKeyRepeats(statement, folder);
        execute(
                statement,
                folder,
                "purchases",
                "${kept}",
                "(SELECT * FROM judged WHERE valid"
                        + (repeats ? " AND purchase_row NOT IN (SELECT purchase_row FROM repeated)" : "") + ")");
        // The purchases are looked through for invalid ones only if there are any.
        long purchases = single(statement, "SELECT count(*) FROM purchase");
        long valid = single(
                statement,
                "SELECT count(*) FROM read_parquet('" + folder + "/lake/silver/purchases/**/*.parquet',"
                        + " hive_partitioning = false)");
        execute(
                statement,
                folder,
                "rejects",
                "${from}",
                valid == purchases
                        ? "judged LIMIT 0"
                        : "judged WHERE NOT valid"
                                + (repeats ? " OR purchase_row IN (SELECT purchase_row FROM repeated)" : ""));
    }

    /** Looks for hashes first, as the jobs do: rows of which the hash repeats are few, and only they are compared. */
    private static boolean someKeyRepeats(Statement statement, Path folder) throws Exception {
        execute(statement, folder, "repeated_hashes");
        if (single(statement, "SELECT count(*) FROM repeated_hashes") == 0) {
            return false;
        }
        execute(statement, folder, "repeated");
        return single(statement, "SELECT count(*) FROM repeated") > 0;
    }

    /** Prints {@link MartTotals} as CSV. */
    private static void printTotals(Statement statement, Path folder) throws Exception {
        try (ResultSet rows = statement.executeQuery(sql("totals").replace("${folder}", folder.toString()))) {
            int columns = rows.getMetaData().getColumnCount();
            System.out.println(MartTotals.HEADER);
            while (rows.next()) {
                StringJoiner line = new StringJoiner(",");
                for (int column = 1; column <= columns; column++) {
                    String value = rows.getString(column);
                    line.add(value == null ? "" : value);
                }
                System.out.println(line);
            }
        }
    }

    private static long single(Statement statement, String query) throws Exception {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Executes the statements of a file; {@code replacements} come in pairs. */
    private static void execute(Statement statement, Path folder, String file, String... replacements)
            throws Exception {
        String script = sql(file).replace("${folder}", folder.toString());
        for (int i = 0; i < replacements.length; i += 2) {
            script = script.replace(replacements[i], replacements[i + 1]);
        }
        for (String part : script.split(";\\s*\n", -1)) {
            if (!part.isBlank()) {
                statement.execute(part);
            }
        }
    }

    private static String sql(String name) throws Exception {
        try (InputStream in = DuckDbSteps.class.getResourceAsStream("duckdb/" + name + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
