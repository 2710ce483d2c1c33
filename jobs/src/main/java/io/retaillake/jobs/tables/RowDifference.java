package io.retaillake.jobs.tables;

import io.retaillake.common.command.TextTable;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.BusinessTime;
import io.retaillake.common.sql.ResultTable;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Compares rows with those that are expected, in any order, each as often as it is there. */
final class RowDifference {

    private RowDifference() {}

    /** A line for each row that is missing or unexpected, those of one key together, under the columns' names; none if there is none. */
    static List<String> lines(TableContract contract, List<Row> expected, List<Row> actual) {
        Map<List<Object>, Integer> counts = new HashMap<>();
        expected.forEach(row -> counts.merge(values(row), 1, Integer::sum));
        actual.forEach(row -> counts.merge(values(row), -1, Integer::sum));
        List<List<String>> lines = new ArrayList<>();
        counts.forEach((row, count) -> {
            List<String> line = new ArrayList<>();
            line.add(count > 0 ? "missing" : "unexpected");
            row.forEach(value -> line.add(text(value)));
            for (int i = 0; i < Math.abs(count); i++) {
                lines.add(line);
            }
        });
        if (lines.isEmpty()) {
            return List.of();
        }
        lines.sort(Comparator.<List<String>, String>comparing(line -> key(contract, line))
                .thenComparing(line -> line.get(0))
                .thenComparing(line -> String.join("\u0000", line)));
        List<String> names = new ArrayList<>(List.of(""));
        names.addAll(contract.columnNames());
        boolean[] right = new boolean[names.size()];
        System.arraycopy(ResultTable.numeric(contract.schema()), 0, right, 1, names.size() - 1);
        return TextTable.lines(names, right, lines);
    }

    private static String key(TableContract contract, List<String> line) {
        List<String> key = new ArrayList<>();
        contract.key().forEach(name -> key.add(line.get(contract.columnNames().indexOf(name) + 1)));
        return String.join("\u0000", key);
    }

    private static List<Object> values(Row row) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(row.get(i));
        }
        return values;
    }

    private static String text(Object value) {
        if (value instanceof Timestamp time) {
            return time.toInstant().atZone(BusinessTime.ZONE).toLocalDateTime().toString();
        }
        return value instanceof Seq<?> many ? JavaConverters.seqAsJavaList(many).toString() : String.valueOf(value);
    }
}
