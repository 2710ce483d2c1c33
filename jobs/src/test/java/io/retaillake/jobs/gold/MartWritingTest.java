package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.GoldTables.SALES_BY_DATETIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.columnar.ParquetColumn;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.silver.BuildPurchases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mart's files are as its table's properties ask for, whoever writes them. */
class MartWritingTest {

    private static final int DAYS = 25;

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void buildSilver() throws FailedJobException {
        lake = new TestLake(folder);
        lake.publishSampleDimensions("d1");
        Cells[] lines =
                IntStream.rangeClosed(1, DAYS).mapToObj(MartWritingTest::line).toArray(Cells[]::new);
        lake.publishPurchases("b1", lines);
        lake.run(new BuildPurchases(), "r1");
    }

    @Test
    void endsAPageAtTheTablesRows() throws Exception {
        for (String file : files("write.parquet.page-row-limit", "10")) {
            assertThat(ParquetColumn.of(file))
                    .extracting(ParquetColumn::pageRows)
                    .containsOnly(List.of(10, 10, 5));
        }
    }

    @Test
    void hasTheFormatThatTheTableAsksFor() throws Exception {
        assertThat(files("write.format.default", "orc")).allMatch(file -> file.endsWith(".orc"));
    }

    /** Runs the job on a table with a property, makes sure that it has the rows, and tells its files. */
    private List<String> files(String property, String value) throws FailedJobException, IOException {
        Table mart = lake.lake().findOrCreate(SALES_BY_DATETIME);
        mart.updateProperties().set(property, value).commit();
        lake.run(new SalesByDatetime(), "r1");
        assertThat(lake.read(SALES_BY_DATETIME)
                        .selectExpr("count(1)", "sum(count_of_purchase)", "sum(total_purchase_amount)")
                        .head()
                        .mkString(" "))
                .isEqualTo("25 25 32500.00");
        mart.refresh();
        List<String> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> planned = mart.newScan().planFiles()) {
            planned.forEach(file -> files.add(file.file().location()));
        }
        return files;
    }

    private static Cells line(int day) {
        return Cells.purchase("R" + day, "201501%02d".formatted(day), day * 100.0);
    }
}
