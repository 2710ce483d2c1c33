package io.retaillake.common.amount;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.lake.Lake;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KrwAmountsTest {

    private static final BigDecimal LARGEST = new BigDecimal("9999999999999.99");

    @TempDir
    private Path folder;

    private Lake lake;

    @BeforeEach
    void openLake() {
        lake = LocalLakes.open(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1.005, 101",
        "0.125, 13",
        "-0.125, -13",
        "2.675, 268",
        "4.35, 435",
        "0.1, 10",
        "0.005, 1",
        "0.004999999999999999, 0",
        "12000, 1200000",
        "-3500, -350000",
        "9999999999999.99, 999999999999999",
        "-9999999999999.99, -999999999999999",
        "4503599627370.497, 450359962737050",
        "2e-300, 0",
    })
    void roundsTheShortestTextHalfUp(double amount, long cents) {
        assertThat(inSpark(List.of(amount))).containsExactly(cents);
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity", "9999999999999.996", "1e13", "-1e13", "1e14", "1e308", "-1e308"})
    void hasNoCentsForWhatTheTypeCantHold(double amount) {
        assertThat(inSpark(List.of(amount))).containsOnlyNulls();
    }

    @Test
    void agreesWithTheDecimalOfTheTextForEveryKindOfAmount() {
        Random random = new Random(7);
        List<Double> amounts = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int scale = random.nextInt(6);
            BigDecimal text = BigDecimal.valueOf(random.nextLong() >> (20 + random.nextInt(40)), scale);
            if (text.precision() <= 15 && text.abs().compareTo(LARGEST) <= 0) {
                amounts.add(text.doubleValue());
                expected.add(
                        text.setScale(2, RoundingMode.HALF_UP).unscaledValue().longValueExact());
            }
        }

        assertThat(inSpark(amounts)).isEqualTo(expected);
    }

    @Test
    void addsCentsExactlyBeyondWhatALongHolds() {
        Dataset<Row> amounts = frame(List.of(9999999999999.99, 9999999999999.98, -0.03))
                .crossJoin(lake.spark().range(20_000).toDF("i"))
                .withColumn("cents", KrwAmounts.cents(functions.col("value")));

        Row row = amounts.agg(
                        KrwAmounts.sumOfCents(functions.col("cents")),
                        functions.sum(KrwAmounts.fromCents(functions.col("cents"))))
                .head();

        assertThat(row.getDecimal(0)).isEqualTo(new BigDecimal("399999999999998800.00"));
        assertThat(row.getDecimal(1)).isEqualByComparingTo(row.getDecimal(0));
    }

    private List<Long> inSpark(List<Double> amounts) {
        return frame(amounts).select(KrwAmounts.cents(functions.col("value"))).collectAsList().stream()
                .map(row -> row.isNullAt(0) ? null : row.getLong(0))
                .toList();
    }

    private Dataset<Row> frame(List<Double> amounts) {
        return lake.spark()
                .createDataset(new ArrayList<>(amounts), Encoders.DOUBLE())
                .toDF("value")
                .repartition(1);
    }
}
