package io.retaillake.jobs.silver;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static io.retaillake.jobs.silver.BronzeRows.CUSTOMER;
import static io.retaillake.jobs.silver.BronzeRows.PRODUCT;
import static io.retaillake.jobs.silver.BronzeRows.PURCHASE;
import static io.retaillake.jobs.silver.BronzeRows.ZIPCODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.columnar.ParquetColumn;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.TestLake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurchaseWritingTest {

    private static final int ROWS = 1_000;

    @TempDir
    private Path folder;

    private TestLake lake;
    private Table table;

    @BeforeEach
    void publishBronze() {
        lake = new TestLake(folder);
        lake.publishDimensions(
                "d1",
                Cells.frame(lake.spark(), BronzeTables.CUSTOMER, CUSTOMER),
                Cells.frame(lake.spark(), BronzeTables.PRODUCTS_INFO, PRODUCT),
                Cells.frame(lake.spark(), BronzeTables.ZIPCODE, ZIPCODE));
        lake.publishPurchases(
                "p1",
                Cells.frame(
                        lake.spark(),
                        BronzeTables.PURCHASE,
                        1,
                        IntStream.range(0, ROWS)
                                .mapToObj(i -> PURCHASE.with("receipt_no", "R%07d".formatted(i)))
                                .toList()),
                true);
        table = lake.lake().findOrCreate(PURCHASES);
    }

    @Test
    void endsAPageAtTheTablesRowsAndBytes() throws Exception {
        build("write.parquet.page-row-limit", "300");
        assertThat(columns(ParquetColumn::pageRows)).containsOnly(List.of(300, 300, 300, 100));

        // A page of a hundred receipts has their eight bytes each, and an amount has as many.
        build("write.parquet.page-size-bytes", "800");
        assertThat(columns(ParquetColumn::pageRows))
                .containsOnly(IntStream.range(0, 10).mapToObj(i -> 100).toList());
    }

    @ParameterizedTest
    @CsvSource({"zstd, ZSTD", "snappy, SNAPPY", "gzip, GZIP", "uncompressed, UNCOMPRESSED"})
    void compressesAsTheTableAsks(String codec, String expected) throws Exception {
        build("write.parquet.compression-codec", codec);

        assertThat(columns(ParquetColumn::codec)).containsOnly(expected);
    }

    @Test
    void hasTheBloomFiltersThatTheTableAsksFor() throws Exception {
        build("write.parquet.bloom-filter-enabled.column.receipt_no", "true");

        assertThat(columns(column -> column.hasBloomFilter() ? column.name() : ""))
                .containsOnlyOnce("receipt_no");
    }

    @Test
    void hasNoStatisticsWhereTheTableWantsNone() throws Exception {
        build("write.parquet.stats-enabled.column.store_cd", "false");

        assertThat(columns(column -> column.hasStatistics() ? "" : column.name()))
                .containsOnlyOnce("store_cd");
    }

    @Test
    void hasTheFormatThatTheTableAsksFor() throws Exception {
        build("write.format.default", "orc");

        assertThat(files()).isNotEmpty().allMatch(file -> file.endsWith(".orc"));
    }

    /** Runs the job on a table with a property, and makes sure that it has the rows. */
    private void build(String property, String value) throws FailedJobException {
        table.updateProperties().set(property, value).commit();

        lake.run(new BuildPurchases(), property + value.hashCode());

        assertThat(lake.read(PURCHASES)
                        .where("sub_category_desc = '사과' AND city_county = '강북구' AND amount = 12900")
                        .select("receipt_no")
                        .distinct()
                        .count())
                .isEqualTo(ROWS);
        table.refresh();
    }

    private <T> List<T> columns(Function<ParquetColumn, T> look) throws IOException {
        List<T> found = new ArrayList<>();
        for (String file : files()) {
            ParquetColumn.of(file).forEach(column -> found.add(look.apply(column)));
        }
        return found;
    }

    private List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            tasks.forEach(task -> files.add(task.file().location()));
        }
        return files;
    }
}
