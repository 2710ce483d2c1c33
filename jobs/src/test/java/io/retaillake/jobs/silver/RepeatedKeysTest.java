package io.retaillake.jobs.silver;

import static io.retaillake.jobs.silver.BronzeRows.PURCHASE;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.jobs.Cells;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatedKeysTest {

    /** The raw columns beside the key, by which the smallest row is found. */
    private static final List<String> RANK = List.of("customer_id", "store_cd", "purchase_date", "purchase_time");

    /** Rows of a key each, of which the first must stay. */
    private static final List<List<Cells>> COPIES = List.of(
            List.of(
                    line("by customer", "customer_id", "00001", 9.0),
                    line("by customer", "customer_id", "00002", 1.0),
                    line("by customer", "customer_id", null, 0.0)),
            List.of(line("by store", "store_cd", "B1001", 9.0), line("by store", "store_cd", null, 1.0)),
            List.of(
                    line("by date", "purchase_date", "20150103", 9.0),
                    line("by date", "purchase_date", "20150104", 1.0)),
            List.of(
                    line("by hour as text", "purchase_time", "10", 9.0),
                    line("by hour as text", "purchase_time", "9", 1.0),
                    line("by hour as text", "purchase_time", null, 0.0)),
            List.of(line("by amount", "store_cd", "B1001", 2.0), line("by amount", "store_cd", "B1001", 10.0)),
            List.of(
                    line("by sign of zero", "store_cd", "B1001", -0.0),
                    line("by sign of zero", "store_cd", "B1001", 0.0)),
            List.of(
                    line("equal", "store_cd", "B1001", 5.0),
                    line("equal", "store_cd", "B1001", 5.0),
                    line("equal", "store_cd", "B1001", 5.0)),
            List.of(line("alone", "store_cd", "B1001", 5.0)));

    @TempDir
    private static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void openSession() {
        spark = LocalLakes.open(folder).spark();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "3, 7"})
    void keepsTheSmallestRowOfAKeyWhateverTheOrderAndThePartitions(int seed, int partitions) {
        List<Cells> rows = new ArrayList<>(COPIES.stream().flatMap(List::stream).toList());
        Collections.shuffle(rows, new Random(seed));

        RepeatedKeys repeated = find(partitions, rows);

        assertThat(repeated.count().read().rows()).isEqualTo(10);
        assertThat(described(PurchaseParser.parse(spark, repeated.kept())))
                .isEqualTo(described(
                        valid(COPIES.stream().map(copies -> copies.get(0)).toList())));
        assertThat(described(repeated.rejected().orElseThrow()))
                .isEqualTo(described(valid(COPIES.stream()
                        .flatMap(copies -> copies.stream().skip(1))
                        .toList())));
    }

    @Test
    void neverPrefersAnInvalidRow() {
        Cells smallestButInvalid = line("invalid", "customer_id", "00000", 1.0).with("purchase_date", "20150229");
        Cells valid = line("invalid", "customer_id", "00009", 9.0);

        RepeatedKeys repeated = find(1, List.of(smallestButInvalid, valid));

        assertThat(repeated.count().read().rows()).isZero();
        assertThat(repeated.kept().count()).isEqualTo(2);
    }

    @Test
    void comparesKeysAsTheyAre() {
        Cells line = line("R1", "customer_id", "00001", 1.0);

        RepeatedKeys repeated = find(
                1,
                List.of(
                        line,
                        line.with("affiliate", "C"),
                        line.with("receipt_no", "R1 "),
                        line.with("receipt_no", "r1"),
                        line.with("division_cd", "2"),
                        line.with("main_category_cd", "120"),
                        line.with("sub_category_cd", "B1191002"),
                        line.with("division_cd", "11").with("main_category_cd", "19")));

        assertThat(repeated.count().read().rows()).isZero();
    }

    private static Cells line(String receipt, String column, String value, double amount) {
        return PURCHASE.with("receipt_no", receipt).with("amount", amount).with(column, value);
    }

    private static RepeatedKeys find(int partitions, List<Cells> rows) {
        JavaRDD<InternalRow> bronze = bronze(partitions, rows);
        return RepeatedKeys.of(
                spark, bronze, bronze, lit(true), KeyHashes.ofBronze().repeated(bronze, rows.size()));
    }

    private static Dataset<Row> valid(List<Cells> rows) {
        return PurchaseParser.parse(spark, bronze(1, rows)).where(PurchaseParser.VALID);
    }

    private static JavaRDD<InternalRow> bronze(int partitions, List<Cells> rows) {
        return PurchaseParser.rows(Cells.frame(spark, BronzeTables.PURCHASE, partitions, rows));
    }

    private static List<String> described(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(row -> row.<String>getAs("receipt_no") + ": "
                        + RANK.stream()
                                .map(column -> (String) row.getAs(column))
                                .toList() + " " + row.getAs("amount"))
                .sorted()
                .toList();
    }
}
