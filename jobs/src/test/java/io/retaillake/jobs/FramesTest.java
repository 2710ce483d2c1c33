package io.retaillake.jobs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison that other tests rely on notices what it must. */
class FramesTest {

    @TempDir
    private static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void openSession() {
        spark = LocalLakes.open(folder).spark();
    }

    @Test
    void ignoresTheOrderOfRowsAndTakesNullAsAValue() {
        assertThatCode(() -> Frames.assertSameRows(frame("a", null, "b"), frame("b", "a", null)))
                .doesNotThrowAnyException();
    }

    @Test
    void noticesARowThatIsThereMoreOftenThanExpected() {
        assertThatThrownBy(() -> Frames.assertSameRows(frame("a", "a", "b"), frame("a", "b", "b")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void noticesAValueInPlaceOfNull() {
        assertThatThrownBy(() -> Frames.assertSameRows(frame("a", null), frame("a", "")))
                .isInstanceOf(AssertionError.class);
    }

    private static Dataset<Row> frame(String... values) {
        List<Row> rows =
                Stream.of(values).map(value -> RowFactory.create("A", value)).toList();
        return spark.createDataFrame(
                rows, new StructType().add("affiliate", "string").add("value", "string"));
    }
}
