package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Seal;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportPurchasesTest {

    private static final String COLUMNS =
            "'A' affiliate, concat('R', id) receipt_no, 'D' division_cd, 'M' main_category_cd,"
                    + " 'S' sub_category_cd, CAST(NULL AS STRING) customer_id, 'T1' store_cd,"
                    + " date_format(date_add(DATE'2014-01-01', CAST(id % 730 AS INT)), 'yyyyMMdd') purchase_date,"
                    + " '12' purchase_time, CAST(id AS DOUBLE) amount";

    @TempDir
    private Path folder;

    private Path lakeFolder;
    private String files;
    private SparkSession spark;

    @BeforeEach
    void openSession() {
        lakeFolder = folder.resolve("lake");
        files = folder.resolve("files").toString();
        spark = LocalLakes.open(folder.resolve("scratch")).spark();
    }

    @Test
    void landsTheFilesRowsWithTheirMonths() throws FailedJobException {
        deliver("SELECT " + COLUMNS + ", 'ignored' AS further FROM range(1000)");

        importFiles("r1");

        assertThat(bronze().count()).isEqualTo(1000);
        assertThat(bronze().columns()).containsExactlyElementsOf(PURCHASE.columnNames());
        assertThat(bronze().where("source_month <> substring(purchase_date, 1, 6)")
                        .count())
                .isZero();
        assertThat(facts())
                .containsEntry("rows", "1000")
                .containsEntry("amount", "499500.00")
                .containsEntry("key-enforced", "false");
    }

    @Test
    void importsTheFilesThatAPatternMatches() throws FailedJobException {
        deliver("SELECT " + COLUMNS + " FROM range(1000)");
        spark.range(7).write().mode("append").format("parquet").save(files);

        files += "/*.avro";
        importFiles("r1");

        assertThat(bronze().count()).isEqualTo(1000);
    }

    @Test
    void keepsWhatIsNoPurchaseForSilverToJudge() throws FailedJobException {
        deliver("SELECT CAST(NULL AS STRING) affiliate, '' receipt_no, 'D' division_cd, 'M' main_category_cd,"
                + " 'S' sub_category_cd, 'C' customer_id, 'T1' store_cd, '20150229' purchase_date, 'x' purchase_time,"
                + " CAST('NaN' AS DOUBLE) amount");

        importFiles("r1");

        assertThat(bronze().where("affiliate IS NULL AND isnan(amount) AND source_month = '201502'")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void importsTheWindowOnly() throws FailedJobException {
        deliver("SELECT " + COLUMNS + " FROM range(1460)");

        importFiles("r1", "--from", "2015-02", "--to", "2015-03");

        assertThat(bronze().count()).isEqualTo(2 * (28 + 31));
        assertThat(facts()).containsEntry("rows_outside_window", Integer.toString(1460 - 2 * (28 + 31)));
    }

    @Test
    void namesEveryDifferenceFromTheContract() {
        deliver("SELECT 'A' affiliate, 'R' receipt_no, 1 division_cd, 'M' main_category_cd, 'S' sub_category_cd,"
                + " 'C' customer_id, '20150101' purchase_date, '1' purchase_time, CAST(1 AS FLOAT) amount");

        FailedJobException failure = catchThrowableOfType(FailedJobException.class, () -> importFiles("r1"));

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContaining("division_cd: the contract has string, the files have int")
                .hasMessageContaining("store_cd: the column is missing")
                .hasMessageContaining("amount: the contract has double, the files have float");
    }

    @Test
    void namesEveryFileThatDiffersFromTheContract() throws Exception {
        deliver("SELECT " + COLUMNS + " FROM range(10)", "good");
        deliver("SELECT " + COLUMNS.replace("CAST(NULL AS STRING) customer_id,", "") + " FROM range(10)", "short");
        deliver("SELECT " + COLUMNS.replace("CAST(id AS DOUBLE) amount", "id amount") + " FROM range(10)", "long");
        Files.writeString(Path.of(files, "notes.txt"), "purchases of 2015");
        Files.createFile(Path.of(files, "cut-off.avro"));

        FailedJobException failure = catchThrowableOfType(FailedJobException.class, () -> importFiles("r1"));

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageMatching("(?s).*customer_id: the column is missing; [^\\n]*/short/part-[^\\n]*.avro\\n.*")
                .hasMessageMatching(
                        "(?s).*amount: the contract has double, the files have bigint: [^\\n]*/long/part-[^\\n]*.avro\\n.*")
                .hasMessageMatching("(?s).*not an Avro file[^\\n]*: [^\\n]*/notes.txt\\n.*")
                .hasMessageMatching("(?s).*empty or cut off[^\\n]*: [^\\n]*/cut-off.avro\\n.*");
        assertThat(failure.getMessage()).doesNotContain("/good/");
    }

    @Test
    void takesValuesFromFilesAndNeverFromTheNamesOfFolders() throws Exception {
        deliver("SELECT " + COLUMNS + " FROM range(10)", "store_cd=S99/purchase_date=20990101");
        deliver("SELECT " + COLUMNS + " FROM range(10, 17)", "store_cd=S98/purchase_date=1");

        importFiles("r1");

        assertThat(bronze().where("store_cd = 'T1' AND purchase_date LIKE '2014%'")
                        .count())
                .isEqualTo(17);
    }

    @Test
    void readsFilesInFoldersBesideFilesAtTheTop() throws Exception {
        deliver("SELECT " + COLUMNS + " FROM range(10)", "");
        deliver("SELECT " + COLUMNS + " FROM range(10, 17)", "more");

        importFiles("r1");

        assertThat(bronze().count()).isEqualTo(17);
    }

    /** Avro itself takes a file that is cut off for one that has ended. */
    @Test
    void refusesAFileThatIsCutOff() throws Exception {
        deliver("SELECT " + COLUMNS + " FROM range(1000)", "");
        Path file = deliveredFile();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 10);
        }

        FailedJobException failure = catchThrowableOfType(FailedJobException.class, () -> importFiles("r1"));

        assertThat(failure).isNotNull();
        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContaining("cut off")
                .hasMessageContaining(file.getFileName().toString());
    }

    @Test
    void saysThatAFileIsDamagedBehindItsHeader() throws Exception {
        deliver("SELECT " + COLUMNS + " FROM range(1000)", "");
        Path file = deliveredFile();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(100), channel.size() / 2);
        }

        FailedJobException failure = catchThrowableOfType(FailedJobException.class, () -> importFiles("r1"));

        assertThat(failure).isNotNull();
        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure).hasMessageContaining(file.getFileName().toString());
    }

    /** Spark names a file only where its first block is damaged, and each compression has exceptions of its own. */
    @Test
    void namesEveryFileThatIsDamagedFarBehindItsHeader() throws Exception {
        List<String> compressions = List.of("deflate", "snappy", "zstandard", "xz", "uncompressed");
        for (String compression : compressions) {
            spark.sql("SELECT " + COLUMNS + " FROM range(10000)")
                    .coalesce(1)
                    .write()
                    .option("compression", compression)
                    .format("avro")
                    .save(files + "/" + compression);
            Path file = deliveredFile(files + "/" + compression);
            byte[] damage = new byte[100];
            Arrays.fill(damage, (byte) -1);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(damage), channel.size() * 2 / 3);
            }
        }
        deliver("SELECT " + COLUMNS + " FROM range(10)", "good");

        FailedJobException failure = catchThrowableOfType(FailedJobException.class, () -> importFiles("r1"));

        assertThat(failure).isNotNull();
        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure.getMessage().lines())
                .filteredOn(line -> line.startsWith("- file:"))
                .hasSize(compressions.size());
        compressions.forEach(compression -> assertThat(failure).hasMessageContaining("/" + compression + "/part-"));
    }

    @Test
    void saysThatAHeaderHasNoSchema() throws Exception {
        Files.createDirectories(Path.of(files));
        byte[] marker = new byte[16];
        byte[] noEntries = {'O', 'b', 'j', 1, 0};
        Files.write(
                Path.of(files, "no-schema.avro"),
                ByteBuffer.allocate(noEntries.length + marker.length)
                        .put(noEntries)
                        .put(marker)
                        .array());

        FailedJobException failure = catchThrowableOfType(FailedJobException.class, () -> importFiles("r1"));

        assertThat(failure).isNotNull();
        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure).hasMessageContaining("Avro can't read its header").hasMessageContaining("no-schema.avro");
    }

    /** The one file that was delivered, without what would tell Hadoop that it was changed. */
    private Path deliveredFile() throws IOException {
        return deliveredFile(files);
    }

    private static Path deliveredFile(String files) throws IOException {
        try (Stream<Path> delivered = Files.list(Path.of(files))) {
            Path file = delivered
                    .filter(path -> path.toString().endsWith(".avro"))
                    .findFirst()
                    .orElseThrow();
            Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
            return file;
        }
    }

    @Test
    void saysThatAFilesNameHasAColon() throws Exception {
        deliver("SELECT " + COLUMNS + " FROM range(10)", "");
        Path file = deliveredFile();
        Files.move(file, file.resolveSibling("10:30.avro"));

        FailedJobException failure = catchThrowableOfType(FailedJobException.class, () -> importFiles("r1"));

        assertThat(failure).isNotNull();
        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure).hasMessageContaining("colon").hasMessageContaining("10:30.avro");
    }

    @Test
    void tellsAStorageThatDoesNotAnswerFromAMistypedPath() {
        files = "hdfs://no-such-host.invalid:1/purchases.avro";
        FailedJobException unreachable = catchThrowableOfType(FailedJobException.class, () -> importFiles("r1"));
        files = folder.resolve("[").toString();
        FailedJobException mistyped = catchThrowableOfType(FailedJobException.class, () -> importFiles("r2"));

        assertThat(unreachable.exitCode()).isEqualTo(4);
        assertThat(unreachable).hasMessageContaining("no-such-host.invalid").hasMessageContaining("network");
        assertThat(mistyped.exitCode()).isEqualTo(2);
    }

    @Test
    void saysThatAFolderIsEmpty() throws Exception {
        Files.createDirectories(Path.of(files));

        FailedJobException failure = catchThrowableOfType(FailedJobException.class, () -> importFiles("r1"));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageContaining(files).hasMessageContaining("Check --files");
    }

    @Test
    void saysThatThereAreNoFiles() {
        FailedJobException failure = catchThrowableOfType(FailedJobException.class, () -> importFiles("r1"));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageContaining(files).hasMessageContaining("Check --files");
    }

    private void deliver(String query) {
        spark.sql(query).write().format("avro").save(files);
    }

    private void deliver(String query, String subfolder) {
        String target = subfolder.isEmpty() ? files : files + "/" + subfolder;
        spark.sql(query).coalesce(1).write().mode("append").format("avro").save(target);
    }

    private void importFiles(String runId, String... more) throws FailedJobException {
        List<String> options =
                new ArrayList<>(List.of("--lake", lakeFolder.toString(), "--run-id", runId, "--files", files));
        options.addAll(List.of(more));
        JobMain.run(new ImportPurchases(), options.toArray(String[]::new));
    }

    private Dataset<Row> bronze() {
        Lake lake = LocalLakes.open(lakeFolder);
        return lake.spark().table(lake.identifier(PURCHASE));
    }

    private Map<String, String> facts() {
        Lake lake = LocalLakes.open(lakeFolder);
        return Seal.of(lake.find(PURCHASE).orElseThrow().currentSnapshot())
                .orElseThrow()
                .facts();
    }
}
