package io.retaillake.jobs.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedNumbersTest {

    private static final long MANY = 200_000;

    @TempDir
    private static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void openSession() {
        spark = LocalLakes.open(folder).spark();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64})
    void findsNothingAmongDifferentNumbers(int parts) {
        assertThat(RepeatedNumbers.exist(numbers(-MANY / 2, MANY / 2), parts)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-MANY / 2, -1, 0, 4_711, MANY / 2 - 1})
    void findsANumberThatAnotherTaskHasToo(long number) {
        Dataset<Long> numbers = numbers(-MANY / 2, MANY / 2).union(numbers(number, number + 1));

        assertThat(RepeatedNumbers.exist(numbers, 7)).isTrue();
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        assertThat(RepeatedNumbers.exist(numbers(0, 0), 4)).isFalse();
    }

    private static Dataset<Long> numbers(long from, long until) {
        return spark.range(from, until, 1, 3).as(Encoders.LONG());
    }
}
