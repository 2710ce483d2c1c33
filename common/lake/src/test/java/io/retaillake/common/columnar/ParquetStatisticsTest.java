package io.retaillake.common.columnar;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.lake.Lake;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file tells of its values, by which queries skip it or pages of it. */
class ParquetStatisticsTest {

    @TempDir
    private static Path folder;

    private static Lake lake;

    private ColumnsTable table;

    @BeforeAll
    static void openLake() {
        lake = LocalLakes.open(folder);
    }

    @BeforeEach
    void emptyTable() {
        table = new ColumnsTable(lake);
    }

    @Test
    void tellsWhatTheFileHasSoThatQueriesCanSkipIt() throws IOException {
        List<Row> rows = table.rows(
                5 * ColumnsTable.ROWS_IN_A_PAGE, table::anyThing, i -> i % 2 == 0 ? null : ColumnsTable.won(i - 700));

        DataFile file = table.write(rows);

        assertThat(file.recordCount()).isEqualTo(rows.size());
        assertThat(file.fileSizeInBytes())
                .isEqualTo(Path.of(URI.create(file.location())).toFile().length());
        assertThat(bound(file, file.lowerBounds(), "amount")).isEqualTo(ColumnsTable.won(1 - 700));
        assertThat(bound(file, file.upperBounds(), "amount")).isEqualTo(ColumnsTable.won(rows.size() - 1 - 700));
        assertThat(bound(file, file.lowerBounds(), "receipt")).hasToString("R00000000");
        assertThat(bound(file, file.upperBounds(), "name")).hasToString(greatestName(rows));
        assertThat(nulls(file, "amount")).isEqualTo(rows.size() / 2);
        assertThat(nulls(file, "name"))
                .isEqualTo(rows.stream().filter(row -> row.isNullAt(1)).count());
        assertThat(nulls(file, "code")).isZero();
    }

    @Test
    void pagesThatAreSkippedHaveNoRowThatIsLookedFor() throws IOException {
        List<Row> rows = table.rows(20 * ColumnsTable.ROWS_IN_A_PAGE, table::anyThing, i -> ColumnsTable.won(i / 10));

        DataFile file = table.write(rows);

        for (int i = 0; i < rows.size(); i += 1777) {
            Row row = rows.get(i);
            Dataset<Row> read = lake.spark().read().parquet(file.location());
            assertThat(read.where(col("receipt").equalTo(row.getString(2))).collectAsList())
                    .containsExactlyElementsOf(matching(rows, other -> other.getString(2), row));
            assertThat(read.where(col("amount").equalTo(row.getDecimal(5))).count())
                    .isEqualTo(matching(rows, other -> other.getDecimal(5), row).size());
            assertThat(read.where(col("code").equalTo(row.getString(0))).count())
                    .isEqualTo(matching(rows, other -> other.getString(0), row).size());
        }
    }

    private static List<Row> matching(List<Row> rows, Function<Row, ?> column, Row row) {
        return rows.stream()
                .filter(other -> column.apply(row).equals(column.apply(other)))
                .toList();
    }

    private static String greatestName(List<Row> rows) {
        return rows.stream()
                .filter(row -> !row.isNullAt(1))
                .map(row -> row.getString(1))
                .max(String::compareTo)
                .orElseThrow();
    }

    private Object bound(DataFile file, Map<Integer, ByteBuffer> bounds, String column) {
        Types.NestedField field = table.table().schema().findField(column);
        assertThat(file.valueCounts()).containsKey(field.fieldId());
        return Conversions.fromByteBuffer(field.type(), bounds.get(field.fieldId()));
    }

    private long nulls(DataFile file, String column) {
        return file.nullValueCounts()
                .get(table.table().schema().findField(column).fieldId());
    }
}
