package io.retaillake.common.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.lake.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnarParquetWriterTest {

    private static final long MOST_CENTS = 999_999_999_999_999L;

    @TempDir
    private static Path folder;

    private static Lake lake;

    private final Random random = new Random(8);
    private ColumnsTable table;

    @BeforeAll
    static void openLake() {
        lake = LocalLakes.open(folder);
    }

    @BeforeEach
    void emptyTable() {
        table = new ColumnsTable(lake);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                1,
                ColumnsTable.ROWS_IN_A_PAGE - 1,
                ColumnsTable.ROWS_IN_A_PAGE,
                7 * ColumnsTable.ROWS_IN_A_PAGE + 13
            })
    void everyReaderFindsTheRowsAsTheyWereWritten(int count) throws IOException {
        List<Row> rows =
                table.rows(count, table::anyThing, i -> i % 11 == 0 ? null : ColumnsTable.won(random.nextInt(500)));

        DataFile file = table.write(rows);

        assertThat(table.readByIceberg()).containsExactlyElementsOf(rows);
        assertThat(table.readBySpark(file, true)).containsExactlyElementsOf(rows);
        assertThat(table.readBySpark(file, false)).containsExactlyElementsOf(rows);
    }

    @Test
    void writesValuesThemselvesWhereTheyAreTooManyForADictionary() throws IOException {
        table.set("write.parquet.dict-size-bytes", "8000");
        int[] next = {0};
        List<Row> rows = table.rows(
                40 * ColumnsTable.ROWS_IN_A_PAGE,
                () -> next[0]++ / 5 % ColumnsTable.THINGS,
                i -> i % 13 == 0 ? null : ColumnsTable.won(random.nextLong(-MOST_CENTS, MOST_CENTS)));

        DataFile file = table.write(rows);

        assertThat(table.readByIceberg()).containsExactlyElementsOf(rows);
        assertThat(table.readBySpark(file, true)).containsExactlyElementsOf(rows);
    }

    @Test
    void beginsEachRowGroupAnew() throws IOException {
        table.set("write.parquet.row-group-size-bytes", "10000");
        List<Row> rows = table.rows(9 * ColumnsTable.ROWS_IN_A_PAGE, table::anyThing, i -> ColumnsTable.won(i));

        DataFile file = table.write(rows);

        assertThat(file.splitOffsets()).hasSizeGreaterThan(2).isSorted();
        assertThat(table.readByIceberg()).containsExactlyElementsOf(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "snappy", "gzip", "uncompressed"})
    void compressesAsTheTableAsks(String codec) throws IOException {
        table.set("write.parquet.compression-codec", codec);
        List<Row> rows = table.rows(2 * ColumnsTable.ROWS_IN_A_PAGE, table::anyThing, ColumnsTable::won);

        DataFile file = table.write(rows);

        assertThat(table.readByIceberg()).containsExactlyElementsOf(rows);
        assertThat(table.readBySpark(file, true)).containsExactlyElementsOf(rows);
        assertThat(ParquetColumn.of(file.location()))
                .extracting(ParquetColumn::codec)
                .containsOnly(codec.toUpperCase(Locale.ROOT));
    }

    @Test
    void takesTheLevelThatTheTableAsksFor() throws IOException {
        List<Row> rows = table.rows(20 * ColumnsTable.ROWS_IN_A_PAGE, table::anyThing, ColumnsTable::won);
        table.set("write.parquet.compression-level", "1");
        long fast = table.write(rows).fileSizeInBytes();
        table.set("write.parquet.compression-level", "19");

        DataFile small = table.write(rows);

        assertThat(small.fileSizeInBytes()).isLessThan(fast);
        assertThat(table.readBySpark(small, true)).containsExactlyElementsOf(rows);
    }

    @Test
    void createsAFileNotBeforeItHasARowGroupOrEnds() throws IOException {
        table.set("write.parquet.row-group-size-bytes", "2000");
        OutputFile file = table.newFile("late");
        try (PageBuffer bytes = new PageBuffer();
                ColumnarParquetWriter writer = new ColumnarParquetWriter(table.table(), file, bytes)) {
            assertThat(file.toInputFile().exists()).isFalse();

            table.writePages(writer, table.rows(1, table::anyThing, ColumnsTable::won));
            assertThat(file.toInputFile().exists()).isFalse();
            assertThat(writer.lengthBytes()).isZero();
        }
        assertThat(file.toInputFile().exists()).as("after it was given up").isFalse();

        try (PageBuffer bytes = new PageBuffer();
                ColumnarParquetWriter writer = new ColumnarParquetWriter(table.table(), file, bytes)) {
            table.writePages(writer, table.rows(ColumnsTable.ROWS_IN_A_PAGE, table::anyThing, ColumnsTable::won));
            assertThat(writer.lengthBytes()).isGreaterThan(2000);
            assertThat(file.toInputFile().exists()).isTrue();
        }
    }

    @Test
    void keepsAColumnWithoutAnyValue() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ColumnsTable.ROWS_IN_A_PAGE; i++) {
            rows.add(RowFactory.create(ColumnsTable.code(7), null, "R" + i, null, ColumnsTable.day(3), null));
        }

        DataFile file = table.write(rows);

        assertThat(ColumnsTable.name(7)).isNull();
        assertThat(table.readByIceberg()).containsExactlyElementsOf(rows);
        assertThat(table.readBySpark(file, true)).containsExactlyElementsOf(rows);
    }

    @Test
    void refusesARowWithoutARequiredText() throws IOException {
        EncodedAttribute unknown = new EncodedAttribute();
        unknown.add(null);
        try (PageBuffer bytes = new PageBuffer();
                ColumnarParquetWriter file =
                        new ColumnarParquetWriter(table.table(), table.newFile("refused"), bytes)) {
            StringChunkWriter code = file.texts("code", unknown);

            assertThatThrownBy(() -> code.addPage(new int[] {0}, 1)).hasMessage("1 of 1 rows have no code");
        }
    }
}
