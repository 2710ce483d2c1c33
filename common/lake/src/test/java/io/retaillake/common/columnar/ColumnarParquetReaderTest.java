package io.retaillake.common.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.lake.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.iceberg.DataFile;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnarParquetReaderTest {

    private static final List<String> CODED = List.of("code", "name", "receipt", "hour");

    @TempDir
    private Path folder;

    private Lake lake;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @BeforeEach
    void openLake() {
        lake = LocalLakes.open(folder);
    }

    @ParameterizedTest
    @CsvSource({"10000, 2097152", "30000, 8000", "134217728, 64"})
    void readsEachRowOnceWhereverAFileIsCut(String rowGroupBytes, String dictionaryBytes) throws IOException {
        ColumnsTable table = new ColumnsTable(lake);
        table.set("write.parquet.row-group-size-bytes", rowGroupBytes);
        table.set("write.parquet.dict-size-bytes", dictionaryBytes);
        List<Row> rows =
                table.rows(9 * ColumnsTable.ROWS_IN_A_PAGE + 17, table::anyThing, cents -> ColumnsTable.won(cents));
        DataFile file = table.write(rows);

        int first = 0;
        while (first < rows.size()) {
            int count = Math.min(rows.size() - first, random.nextInt(3 * ColumnsTable.ROWS_IN_A_PAGE));
            assertThat(read(table, file, first, count))
                    .as("seed %d, %d rows from %d on", seed, count, first)
                    .isEqualTo(rows.subList(first, first + count).stream()
                            .map(ColumnarParquetReaderTest::text)
                            .toList());
            first += count;
        }
    }

    @Test
    void readsNothingBeyondTheLastRow() throws IOException {
        ColumnsTable table = new ColumnsTable(lake);
        DataFile file = table.write(table.rows(100, table::anyThing, cents -> ColumnsTable.won(cents)));

        assertThat(read(table, file, 90, 50)).hasSize(10);
        assertThat(read(table, file, 100, 50)).isEmpty();
        assertThat(read(table, file, 30, 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2097152", "64"})
    void hashesEachString(String dictionaryBytes) throws IOException {
        ColumnsTable table = new ColumnsTable(lake);
        table.set("write.parquet.dict-size-bytes", dictionaryBytes);
        List<Row> rows =
                table.rows(2 * ColumnsTable.ROWS_IN_A_PAGE + 17, table::anyThing, cents -> ColumnsTable.won(cents));
        DataFile file = table.write(rows);

        for (String column : List.of("code", "receipt")) {
            int field = table.table().schema().findField(column).fieldId();
            long[] hashes = new long[rows.size()];
            try (ColumnarParquetReader reader =
                    new ColumnarParquetReader(table.table().io().newInputFile(file.location()), List.of(field))) {
                reader.nextRowGroup();
                reader.hashes(field, 7).read(hashes, hashes.length);
            }
            assertThat(hashes)
                    .as("seed %d, %s", seed, column)
                    .isEqualTo(rows.stream()
                            .mapToLong(row -> XXH64.hashUTF8String(
                                    UTF8String.fromString(row.getString(column.equals("code") ? 0 : 2)), 7))
                            .toArray());
        }
    }

    private static String text(Row row) {
        return List.of(row.get(0), row.isNullAt(1) ? "" : row.get(1), row.get(2), row.isNullAt(3) ? "" : row.get(3))
                + " " + row.getDecimal(5).unscaledValue();
    }

    private static List<String> read(ColumnsTable table, DataFile file, long first, long count) throws IOException {
        ColumnBatch batch = new ColumnBatch(table.table().schema(), CODED, List.of("amount"));
        List<String> found = new ArrayList<>();
        try (ColumnarParquetReader reader =
                new ColumnarParquetReader(table.table().io().newInputFile(file.location()), batch.fieldIds())) {
            reader.limit(first, count);
            for (long rows = reader.nextRowGroup(); rows > 0; rows = reader.nextRowGroup()) {
                batch.read(reader, rows, read -> {
                    for (int row = 0; row < read; row++) {
                        found.add(text(batch, row));
                    }
                });
            }
        }
        return found;
    }

    private static String text(ColumnBatch batch, int row) {
        List<Object> values = new ArrayList<>();
        for (int column = 0; column < CODED.size(); column++) {
            int code = batch.codes()[column][row];
            ColumnDictionary dictionary = batch.values().get(column);
            Object value = CODED.get(column).equals("hour") ? (Object) dictionary.number(code) : dictionary.text(code);
            values.add(code == ColumnDictionary.NULL ? "" : value);
        }
        return values + " " + batch.numbers(0)[row];
    }
}
