package io.retaillake.common.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnarTableTest {

    @TempDir
    private static Path folder;

    private ColumnsTable columns;

    @BeforeAll
    static void openLake() {
        LocalLakes.open(folder);
    }

    @BeforeEach
    void emptyTable() {
        columns = new ColumnsTable(LocalLakes.open(folder));
    }

    @ParameterizedTest
    @CsvSource({
        "write.parquet.compression-codec, zstd",
        "write.parquet.compression-codec, ZSTD",
        "write.parquet.compression-level, 9",
        "write.parquet.compression-codec, snappy",
        "write.parquet.compression-codec, gzip",
        "write.parquet.compression-codec, uncompressed",
        "write.parquet.page-row-limit, 100",
        "write.parquet.bloom-filter-enabled.column.code, false",
        "write.parquet.stats-enabled.column.code, true",
        "write.format.default, PARQUET"
    })
    void writesWhatATableAsksFor(String property, String value) {
        columns.set(property, value);

        assertThat(ColumnarTable.obstacle(columns.table())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "write.parquet.compression-codec, brotli",
        "write.parquet.compression-codec, lz4_raw",
        "write.parquet.bloom-filter-enabled.column.code, true",
        "write.parquet.stats-enabled.column.code, false",
        "write.format.default, orc",
        "encryption.key-id, key"
    })
    void leavesToOthersWhatItCantWrite(String property, String value) {
        columns.set(property, value);

        assertThat(ColumnarTable.obstacle(columns.table())).hasValue(property + "=" + value);
    }

    @Test
    void leavesALevelOfAnotherCodecThanZstandardToOthers() {
        columns.set("write.parquet.compression-codec", "gzip");
        columns.set("write.parquet.compression-level", "9");

        assertThat(ColumnarTable.obstacle(columns.table())).hasValue("write.parquet.compression-level=9");
    }

    @Test
    void limitsAPageByRowsAndBytes() {
        assertThat(List.of(pageRows(), pageBytes())).containsExactly(20_000, 1 << 20);

        columns.set("write.parquet.page-row-limit", "500");
        assertThat(pageRows()).isEqualTo(500);

        columns.set("write.parquet.page-size-bytes", "800");
        assertThat(List.of(pageRows(), pageBytes())).containsExactly(100, 800);
    }

    private int pageRows() {
        return new ColumnarTable(columns.table()).pageRows();
    }

    private int pageBytes() {
        return new ColumnarTable(columns.table()).pageBytes();
    }
}
