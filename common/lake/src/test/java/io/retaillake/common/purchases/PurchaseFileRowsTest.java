package io.retaillake.common.purchases;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static io.retaillake.common.contract.Column.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.Contracts;
import io.retaillake.common.lake.Lake;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurchaseFileRowsTest {

    private static final int ROWS = 20_000;

    @TempDir
    private Path folder;

    private Lake lake;
    private Table table;

    @BeforeEach
    void writeTwoMonths() throws Exception {
        lake = LocalLakes.open(folder);
        table = lake.findOrCreate(PURCHASE);
        purchases("201501").writeTo(lake.identifier(PURCHASE)).append();
        purchases("201502").writeTo(lake.identifier(PURCHASE)).append();
        table.refresh();
    }

    @Test
    void readsWhatSparkReads() {
        List<List<PurchaseFilePart>> tasks =
                PurchaseFilePart.tasks(table, table.newScan(), 2).orElseThrow();

        assertThat(tasks)
                .hasSize(2)
                .allSatisfy(parts -> assertThat(
                                parts.stream().map(PurchaseFilePart::month).distinct())
                        .hasSize(1));
        assertThat(sorted(read(tasks))).isEqualTo(bySpark());
    }

    @ParameterizedTest
    @CsvSource({
        "a core's tasks have no more than sixteen megabytes, 100, 5000000,  2,  7",
        "each core has two tasks,                             100, 5000000,  8, 16",
        "tasks have fifty thousand rows at least,              10,  500000,  8, 10",
        "a month of few rows is one task,                       1,   40000, 64,  1",
        "many rows in few bytes are two tasks for each core,   12, 9000000,  1,  2",
    })
    void dividesAMonthAmongTheCores(String what, int megabytes, long rows, int cores, int tasks) {
        PartitionKey march = new PartitionKey(table.spec(), table.schema());
        march.set(0, "201503");
        table.newAppend()
                .appendFile(DataFiles.builder(table.spec())
                        .withPath(folder.resolve("march.avro").toUri().toString())
                        .withFormat(FileFormat.AVRO)
                        .withPartition(march)
                        .withFileSizeInBytes((long) megabytes << 20)
                        .withRecordCount(rows)
                        .build())
                .commit();
        TableScan scan = table.newScan().filter(Expressions.equal("source_month", "201503"));

        List<List<PurchaseFilePart>> planned =
                PurchaseFilePart.tasks(table, scan, cores).orElseThrow();

        assertThat(planned).as(what).hasSize(tasks);
        assertThat(planned.stream()
                        .flatMap(List::stream)
                        .mapToLong(PurchaseFilePart::lengthBytes)
                        .sum())
                .isEqualTo((long) megabytes << 20);
    }

    @Test
    void readsEachRowOnceWhereverAFileIsSplit() {
        PurchaseFilePart whole = PurchaseFilePart.wholeFiles(table, table.newScan())
                .orElseThrow()
                .get(0);
        List<String> rows = read(List.of(List.of(whole)));

        for (int parts : new int[] {2, 3, 7, 40}) {
            assertThat(read(split(whole, parts))).as("in %s parts", parts).isEqualTo(rows);
        }
        assertThat(rows).hasSize(ROWS);
        assertThat(new HashSet<>(rows)).hasSize(ROWS);
    }

    @Test
    void leavesToSparkWhatOtherToolsHaveChanged() {
        table.updateProperties().set("write.delete.mode", "merge-on-read").commit();
        lake.spark().sql("DELETE FROM " + lake.identifier(PURCHASE) + " WHERE receipt_no = 'R7'");
        table.refresh();
        assertThat(PurchaseFilePart.tasks(table, table.newScan(), 2)).isEmpty();

        table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
        assertThat(PurchaseFilePart.tasks(table, table.newScan(), 2)).hasValue(List.of());
        table.updateSchema().deleteColumn("store_cd").commit();
        assertThat(PurchaseFilePart.tasks(table, table.newScan(), 2)).isEmpty();
    }

    @Test
    void readsFilesOfOlderSchemasByTheIdsOfTheirColumns(@TempDir Path other) throws Exception {
        lake = LocalLakes.open(other);
        List<Column> olderColumns = PURCHASE.columns().stream()
                .filter(column -> !column.name().equals("store_cd"))
                .map(column -> switch (column.name()) {
                    case "amount" -> optional("amount", DataTypes.FloatType, "Amount.", "금액");
                    case "purchase_time" -> optional("time", DataTypes.StringType, "Time.", "시간");
                    default -> column;
                })
                .toList();
        List<Column> withBadge = new ArrayList<>(olderColumns);
        withBadge.add(0, optional("badge", DataTypes.LongType, "Badge.", "배지"));
        table = lake.findOrCreate(Contracts.withColumns(PURCHASE, withBadge));
        purchases("201501")
                .withColumnRenamed("purchase_time", "time")
                .withColumn("badge", functions.lit(-300L))
                .withColumn("amount", functions.expr("cast(amount AS float)"))
                .drop("store_cd")
                .writeTo(lake.identifier(PURCHASE))
                .append();
        table.refresh();
        table.updateSchema()
                .deleteColumn("badge")
                .addColumn("store_cd", Types.StringType.get())
                .moveFirst("store_cd")
                .updateColumn("amount", Types.DoubleType.get())
                .renameColumn("time", "purchase_time")
                .commit();
        purchases("201502")
                .withColumn("store_cd", functions.lit("S1"))
                .writeTo(lake.identifier(PURCHASE))
                .append();
        table.refresh();

        List<String> rows =
                read(PurchaseFilePart.tasks(table, table.newScan(), 2).orElseThrow());
        assertThat(sorted(rows)).hasSize(2 * ROWS).isEqualTo(bySpark());
    }

    @Test
    void failsForABlockThatIsNotWhatWasWritten() throws IOException {
        PurchaseFilePart whole = PurchaseFilePart.wholeFiles(table, table.newScan())
                .orElseThrow()
                .get(0);
        try (RandomAccessFile file =
                new RandomAccessFile(Path.of(URI.create(whole.location())).toFile(), "rw")) {
            file.seek(file.length() / 2);
            file.write("not what was written".getBytes(StandardCharsets.US_ASCII));
        }

        assertThatThrownBy(() -> read(List.of(List.of(whole))))
                .hasStackTraceContaining("Can't read " + whole.location());
    }

    private Dataset<Row> purchases(String month) {
        return lake.spark()
                .range(0, ROWS, 1, 1)
                .selectExpr(
                        "'가' AS affiliate",
                        "concat('R', id) AS receipt_no",
                        "'1' AS division_cd",
                        "if(id % 7 = 0, NULL, '') AS main_category_cd",
                        "hex(xxhash64(id)) AS sub_category_cd",
                        "cast(id % 3000 AS string) AS customer_id",
                        "CAST(NULL AS string) AS store_cd",
                        "'" + month + "31' AS purchase_date",
                        "'10' AS purchase_time",
                        "if(id % 5 = 0, NULL, id / 3) AS amount",
                        "'" + month + "' AS source_month");
    }

    private static List<List<PurchaseFilePart>> split(PurchaseFilePart whole, int parts) {
        long bytes = whole.lengthBytes() / parts + 1;
        return IntStream.range(0, parts)
                .mapToObj(part -> new PurchaseFilePart(
                        whole.location(),
                        whole.month(),
                        part * bytes,
                        Math.min(bytes, whole.lengthBytes() - part * bytes)))
                .map(List::of)
                .toList();
    }

    /** All rows as Spark reads them, sorted. */
    private List<String> bySpark() {
        return sorted(lake
                .spark()
                .table(lake.identifier(PURCHASE))
                .selectExpr(PURCHASE.columnNames().toArray(String[]::new))
                .collectAsList()
                .stream()
                .map(row -> row.mkString("|"))
                .toList());
    }

    /** So many rows that to compare them in any order would take a minute. */
    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    /** All rows, in the order of the tasks. */
    private List<String> read(List<List<PurchaseFilePart>> tasks) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
        StructField[] fields = PURCHASE.schema().fields();
        return new ArrayList<>(PurchaseFileRows.of(context, table, tasks)
                .map(row -> IntStream.range(0, fields.length)
                        .mapToObj(field -> String.valueOf(row.get(field, fields[field].dataType())))
                        .collect(Collectors.joining("|")))
                .collect());
    }
}
