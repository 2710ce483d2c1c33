package io.retaillake.common.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedHashesTest {

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
        assertThat(RepeatedHashes.findIn(numbers(-MANY / 2, MANY / 2), parts).isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-MANY / 2, -1, 0, 4_711, MANY / 2 - 1})
    void findsANumberThatAnotherTaskHasToo(long number) {
        JavaRDD<Long> numbers = numbers(-MANY / 2, MANY / 2).union(numbers(number, number + 1));

        RepeatedHashes found = RepeatedHashes.findIn(numbers, 7);

        assertThat(found.isEmpty()).isFalse();
        assertThat(found.mayContain(number)).isTrue();
        assertThat(found.mayContain(number + (1L << 60))).isFalse();
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        assertThat(RepeatedHashes.findIn(numbers(0, 0), 4).isEmpty()).isTrue();
    }

    private static JavaRDD<Long> numbers(long from, long until) {
        return spark.range(from, until, 1, 3).as(Encoders.LONG()).javaRDD();
    }
}
