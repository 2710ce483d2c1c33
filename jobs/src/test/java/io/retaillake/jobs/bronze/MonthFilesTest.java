package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.purchases.PurchaseTotals;
import io.retaillake.common.source.BinaryCopyRows;
import io.retaillake.common.source.BinaryCopyStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonthFilesTest {

    private static final int COPIED_COLUMNS = PURCHASE.columns().size() - 1;

    @TempDir
    private Path folder;

    private Lake lake;
    private Table table;

    @BeforeEach
    void createTable() {
        lake = LocalLakes.open(folder);
        table = lake.findOrCreate(PURCHASE);
    }

    @Test
    void keepsEveryValueAsTheServerSentIt() throws Exception {
        Object[][] rows = Stream.of(
                        text(0), text(1), text(63), text(64), text(8191), text(8192), text(1_048_576), "한글 é 🙂", null)
                .map(text -> purchase(text, "20150131", 0.0))
                .toArray(Object[][]::new);

        commit(write(rows));

        assertThat(read("receipt_no"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(rows).map(row -> row[1]).toList());
    }

    @Test
    void keepsEveryAmountAsTheServerSentIt() throws Exception {
        List<Double> amounts = Arrays.asList(
                0.0, -0.0, 12345.678, -1e308, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY, null);
        Object[][] rows = amounts.stream()
                .map(amount -> purchase("R", "20150131", amount))
                .toArray(Object[][]::new);

        commit(write(rows));

        assertThat(read("amount")).containsExactlyInAnyOrderElementsOf(amounts);
    }

    @Test
    void givesEachRowTheMonthThatItsDateBeginsWith() throws Exception {
        List<String> dates = Arrays.asList(
                "20150131", "201502", "99991231x", "20151301", "2015", "", null, "00001231", "２０１５０１３１", "2015-1-31");
        Object[][] rows = dates.stream().map(date -> purchase("R", date, 1.0)).toArray(Object[][]::new);

        List<DataFile> files = write(rows);
        commit(files);

        assertThat(files).hasSize(4);
        assertThat(read("concat_ws('/', coalesce(purchase_date, 'null'), source_month)"))
                .containsExactlyInAnyOrder(
                        "20150131/201501",
                        "201502/201502",
                        "99991231x/999912",
                        "20151301/none",
                        "2015/none",
                        "/none",
                        "null/none",
                        "00001231/none",
                        "２０１５０１３１/none",
                        "2015-1-31/none");
        assertThat(lake.spark()
                        .table(lake.identifier(PURCHASE))
                        .where("source_month = '201501'")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void beginsAnotherFileWhereOneIsLargeEnough() throws Exception {
        table.updateProperties()
                .set(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, "100000")
                .commit();
        Object[][] rows = Stream.iterate(0, i -> i + 1)
                .limit(50_000)
                .map(i -> purchase(Integer.toHexString(i * 0x9E3779B9), "20150131", i * Math.PI))
                .toArray(Object[][]::new);

        List<DataFile> files = write(rows);
        commit(files);

        assertThat(files)
                .hasSizeGreaterThan(3)
                .allSatisfy(file -> assertThat(file.fileSizeInBytes())
                        .isEqualTo(Files.size(Path.of(URI.create(file.location()))))
                        .isLessThan(200_000));
        assertThat(files.stream().mapToLong(DataFile::recordCount).sum()).isEqualTo(rows.length);
        assertThat(read("receipt_no")).doesNotHaveDuplicates().hasSize(rows.length);
    }

    @Test
    void leavesNoFileOfATaskThatFails() throws Exception {
        BinaryCopyRows copied = rows(purchase("R1", "20150131", 1.0), purchase("R2", "20150228", 2.0));
        try (MonthFiles files = new MonthFiles(table, 0, 0)) {
            while (copied.next()) {
                files.write(copied);
            }
            assertThat(avroFiles()).hasSize(2);
        }

        assertThat(avroFiles()).isEmpty();
    }

    @Test
    void totalsTheFilesBytesAsSparkTotalsTheirRows() throws Exception {
        List<Double> amounts = Arrays.asList(
                5000.0,
                -5000.0,
                12345.67,
                0.005,
                1.015,
                -0.0,
                1e12,
                9999999999999.994,
                9999999999999.996,
                -1e308,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                null);
        Object[][] rows = Stream.of("20150131", "20150228", "2015")
                .flatMap(date -> Stream.of("A", "B", "가", "", null)
                        .flatMap(affiliate -> amounts.stream().map(amount -> {
                            Object[] row = purchase("R", date, amount);
                            row[0] = affiliate;
                            return row;
                        })))
                .toArray(Object[][]::new);

        commit(write(rows));

        PurchaseTotals totals =
                MonthFileTotals.of(lake.spark(), table, table.newScan()).orElseThrow();
        assertThat(totals).isEqualTo(BronzeTotals.of(lake.spark().table(lake.identifier(PURCHASE))));
        assertThat(totals.sum().rows()).isEqualTo(rows.length);
    }

    @Test
    void doesNotTotalRowsOfAnotherMonthThanTheTableSays() throws Exception {
        DataFile file = write(purchase("R", "20150131", 1.0)).get(0);

        commit(List.of(DataFiles.builder(table.spec())
                .copy(file)
                .withPartitionPath("source_month=201502")
                .build()));

        assertThatThrownBy(() -> MonthFileTotals.of(lake.spark(), table, table.newScan()))
                .hasStackTraceContaining("the file of 201502, is of 201501");
    }

    @Test
    void noticesAChangedByteByTheChecksumOfItsBlock() throws Exception {
        Random random = new Random(1);
        Object[][] rows = Stream.generate(() -> purchase("R", "20150131", random.nextDouble()))
                .limit(10_000)
                .toArray(Object[][]::new);
        List<DataFile> files = write(rows);
        commit(files);
        Path file = Path.of(URI.create(files.get(0).location()));
        Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 0x10;
        Files.write(file, content);

        assertThatThrownBy(() -> read("amount")).hasStackTraceContaining("checksum");
    }

    private List<Path> avroFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".avro")).toList();
        }
    }

    private static String text(int length) {
        return "x".repeat(length);
    }

    private static Object[] purchase(String receipt, String date, Double amount) {
        return new Object[] {"A", receipt, "01", null, "", "C1", "S", date, "9", amount};
    }

    private List<DataFile> write(Object[]... rows) throws Exception {
        BinaryCopyRows copied = rows(rows);
        try (MonthFiles files = new MonthFiles(table, 0, 0)) {
            while (copied.next()) {
                files.write(copied);
            }
            return files.finish();
        }
    }

    private static BinaryCopyRows rows(Object[]... rows) throws IOException {
        Iterator<byte[]> messages = List.of(BinaryCopyStream.of(rows)).iterator();
        return new BinaryCopyRows(() -> messages.hasNext() ? messages.next() : null, COPIED_COLUMNS);
    }

    private void commit(List<DataFile> files) {
        AppendFiles append = table.newAppend();
        files.forEach(append::appendFile);
        append.commit();
    }

    private List<Object> read(String expression) {
        return lake.spark().table(lake.identifier(PURCHASE)).selectExpr(expression).collectAsList().stream()
                .map((Row row) -> row.get(0))
                .toList();
    }
}
