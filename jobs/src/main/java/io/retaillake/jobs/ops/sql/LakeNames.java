package io.retaillake.jobs.ops.sql;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.registry.TableRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/** The names that a statement may be completed with. They are looked up when they are first asked for, and kept until forgotten. */
final class LakeNames {

    private static final Pattern KEY_WORD = Pattern.compile("'([A-Z_]{2,})'");

    private final SparkSession spark;
    private final Map<String, List<String>> columns = new HashMap<>();
    private List<String> tables = List.of();

    LakeNames(SparkSession spark) {
        this.spark = spark;
    }

    /** Spark's key words, in capitals. */
    static List<String> keyWords() {
        return Stream.iterate(0, type -> type <= SqlBaseLexer.VOCABULARY.getMaxTokenType(), type -> type + 1)
                .map(type -> KEY_WORD.matcher(String.valueOf(SqlBaseLexer.VOCABULARY.getLiteralName(type))))
                .filter(literal -> literal.matches())
                .map(literal -> literal.group(1))
                .toList();
    }

    /** Forgets what was looked up: a statement may have changed it. */
    void forget() {
        tables = List.of();
        columns.clear();
    }

    /** All tables, each with its namespace, and those of the current one also without. */
    List<String> tables() {
        if (tables.isEmpty()) {
            String current =
                    String.join(".", spark.sessionState().catalogManager().currentNamespace());
            List<String> found = new ArrayList<>();
            for (Row namespace : spark.sql("SHOW NAMESPACES").collectAsList()) {
                String name = namespace.getString(0);
                for (Row table : spark.sql("SHOW TABLES IN `" + name + "`").collectAsList()) {
                    found.add(name + "." + table.getString(1));
                    if (name.equals(current)) {
                        found.add(table.getString(1));
                    }
                }
            }
            tables = List.copyOf(found);
        }
        return tables;
    }

    /** The columns of the tables that {@code text} names; where it names none, those of all that the jobs publish. */
    List<String> columnsFor(String text) {
        List<String> named =
                tables().stream().filter(table -> isIn(text, table)).toList();
        Stream<String> all = named.isEmpty()
                ? TableRegistry.load().contracts().stream()
                        .map(TableContract::columnNames)
                        .flatMap(List::stream)
                : named.stream().map(this::columns).flatMap(List::stream);
        return List.copyOf(new TreeSet<>(all.toList()));
    }

    private static boolean isIn(String text, String table) {
        return Pattern.compile("(?<![\\w.])(lake\\.)?" + Pattern.quote(table) + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }

    private List<String> columns(String table) {
        return columns.computeIfAbsent(
                table, name -> Arrays.asList(spark.table(name).columns()));
    }
}
