package io.retaillake.common.parquet;

import static io.retaillake.common.contract.Column.optional;
import static io.retaillake.common.contract.Column.required;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetTableFileTest {

    private static final TableContract PURCHASES = new TableContract(
            Layer.SILVER,
            "columns",
            "columns",
            "One row.",
            "한 줄",
            List.of(
                    required("code", DataTypes.StringType, "Code of a thing.", "코드"),
                    optional("name", DataTypes.StringType, "Name of a thing.", "이름"),
                    required("receipt", DataTypes.StringType, "Receipt.", "영수증"),
                    optional("hour", DataTypes.IntegerType, "Hour.", "시간"),
                    required("day", DataTypes.DateType, "Day.", "일자"),
                    optional("amount", KrwAmounts.TYPE, "Amount.", "금액")),
            List.of(),
            List.of(),
            Map.of());
    private static final int ROWS_IN_A_PAGE = 1000;
    private static final int THINGS = 3000;

    @TempDir
    private static Path folder;

    private static Lake lake;

    private final Random random = new Random(7);
    private final Attribute codes = new Attribute();
    private final Attribute names = new Attribute();
    private Table table;

    @BeforeAll
    static void openLake() {
        lake = LocalLakes.open(folder);
    }

    @BeforeEach
    void emptyTable() {
        table = lake.findOrCreate(PURCHASES);
        table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
        table.updateProperties()
                .remove("write.parquet.dict-size-bytes")
                .remove("write.parquet.row-group-size-bytes")
                .commit();
        for (int thing = 0; thing < THINGS; thing++) {
            codes.add(utf8(code(thing)));
            names.add(name(thing) == null ? null : utf8(name(thing)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, ROWS_IN_A_PAGE - 1, ROWS_IN_A_PAGE, 7 * ROWS_IN_A_PAGE + 13})
    void everyReaderFindsTheRowsAsTheyWereWritten(int count) throws IOException {
        List<Row> rows = rows(count, () -> random.nextInt(THINGS), i -> i % 11 == 0 ? null : won(random.nextInt(500)));

        DataFile file = write(rows);

        assertThat(readByIceberg()).containsExactlyElementsOf(rows);
        assertThat(readBySpark(file, true)).containsExactlyElementsOf(rows);
        assertThat(readBySpark(file, false)).containsExactlyElementsOf(rows);
    }

    @Test
    void writesValuesThemselvesWhereTheyAreTooManyForADictionary() throws IOException {
        table.updateProperties().set("write.parquet.dict-size-bytes", "8000").commit();
        int[] next = {0};
        List<Row> rows = rows(
                40 * ROWS_IN_A_PAGE,
                () -> next[0]++ / 5 % THINGS,
                i -> i % 13 == 0 ? null : won(random.nextLong(-MOST_CENTS, MOST_CENTS)));

        DataFile file = write(rows);

        assertThat(readByIceberg()).containsExactlyElementsOf(rows);
        assertThat(readBySpark(file, true)).containsExactlyElementsOf(rows);
    }

    @Test
    void beginsEachRowGroupAnew() throws IOException {
        table.updateProperties()
                .set("write.parquet.row-group-size-bytes", "10000")
                .commit();
        List<Row> rows = rows(9 * ROWS_IN_A_PAGE, () -> random.nextInt(THINGS), i -> won(i));

        DataFile file = write(rows);

        assertThat(file.splitOffsets()).hasSizeGreaterThan(2).isSorted();
        assertThat(readByIceberg()).containsExactlyElementsOf(rows);
    }

    @Test
    void keepsAColumnWithoutAnyValue() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS_IN_A_PAGE; i++) {
            rows.add(RowFactory.create(code(7), null, "R" + i, null, day(3), null));
        }

        DataFile file = write(rows);

        assertThat(name(7)).isNull();
        assertThat(readByIceberg()).containsExactlyElementsOf(rows);
        assertThat(readBySpark(file, true)).containsExactlyElementsOf(rows);
    }

    @Test
    void tellsWhatTheFileHasSoThatQueriesCanSkipIt() throws IOException {
        List<Row> rows = rows(5 * ROWS_IN_A_PAGE, () -> random.nextInt(THINGS), i -> i % 2 == 0 ? null : won(i - 700));

        DataFile file = write(rows);

        assertThat(file.recordCount()).isEqualTo(rows.size());
        assertThat(file.fileSizeInBytes())
                .isEqualTo(
                        Path.of(java.net.URI.create(file.location())).toFile().length());
        assertThat(bound(file, file.lowerBounds(), "amount")).isEqualTo(won(1 - 700));
        assertThat(bound(file, file.upperBounds(), "amount")).isEqualTo(won(rows.size() - 1 - 700));
        assertThat(bound(file, file.lowerBounds(), "receipt")).hasToString("R00000000");
        assertThat(bound(file, file.upperBounds(), "name")).hasToString(greatestName(rows));
        assertThat(nulls(file, "amount")).isEqualTo(rows.size() / 2);
        assertThat(nulls(file, "name"))
                .isEqualTo(rows.stream().filter(row -> row.isNullAt(1)).count());
        assertThat(nulls(file, "code")).isZero();
    }

    @Test
    void pagesThatAreSkippedHaveNoRowThatIsLookedFor() throws IOException {
        List<Row> rows = rows(20 * ROWS_IN_A_PAGE, () -> random.nextInt(THINGS), i -> won(i / 10));

        DataFile file = write(rows);

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

    @Test
    void refusesARowWithoutARequiredText() throws IOException {
        Attribute unknown = new Attribute();
        unknown.add(null);
        try (PageBytes bytes = new PageBytes();
                ParquetTableFile file = new ParquetTableFile(table, newFile("refused"), bytes)) {
            TextChunk code = file.texts("code", unknown);

            assertThatThrownBy(() -> code.addPage(new int[] {0}, 1)).hasMessage("1 of 1 rows have no code");
        }
    }

    private static final long MOST_CENTS = 999_999_999_999_999L;

    private static BigDecimal won(long cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    private static Date day(int day) {
        return Date.valueOf(LocalDate.of(2015, 1, 1).plusDays(day));
    }

    private static String code(int thing) {
        return "C" + thing;
    }

    /** Things share names, and some have none. */
    private static String name(int thing) {
        return thing % 7 == 0 ? null : "이름 " + thing / 10;
    }

    private List<Row> rows(
            int count, java.util.function.IntSupplier things, java.util.function.IntFunction<BigDecimal> amounts) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int thing = things.getAsInt();
            Integer hour = random.nextInt(5) == 0 ? null : random.nextInt(24);
            rows.add(RowFactory.create(
                    code(thing), name(thing), "R%08d".formatted(i / 3), hour, day(i / 500), amounts.apply(i)));
        }
        return rows;
    }

    private DataFile write(List<Row> rows) throws IOException {
        DataFile written;
        try (PageBytes bytes = new PageBytes();
                ParquetTableFile file = new ParquetTableFile(table, newFile("rows"), bytes)) {
            TextChunk code = file.texts("code", codes);
            TextChunk name = file.texts("name", names);
            PlainTextChunk receipt = file.plainTexts("receipt");
            NumberChunk hour = file.numbers("hour");
            NumberChunk day = file.numbers("day");
            NumberChunk amount = file.numbers("amount");
            for (int start = 0; start < rows.size(); start += ROWS_IN_A_PAGE) {
                List<Row> page = rows.subList(start, Math.min(rows.size(), start + ROWS_IN_A_PAGE));
                int[] things = page.stream()
                        .mapToInt(row -> Integer.parseInt(row.getString(0).substring(1)))
                        .toArray();
                code.addPage(things, page.size());
                name.addPage(things, page.size());
                addReceipts(receipt, page);
                hour.addPage(numbers(page, row -> row.isNullAt(3) ? null : (long) row.getInt(3)), page.size());
                day.addPage(numbers(page, row -> row.getDate(4).toLocalDate().toEpochDay()), page.size());
                amount.addPage(
                        numbers(
                                page,
                                row -> row.isNullAt(5)
                                        ? null
                                        : row.getDecimal(5).unscaledValue().longValue()),
                        page.size());
                file.endPage(page.size());
            }
            written = file.finish(new PartitionKey(table.spec(), table.schema()));
        }
        table.newAppend().appendFile(written).commit();
        return written;
    }

    private static void addReceipts(PlainTextChunk receipt, List<Row> page) {
        StringBuilder texts = new StringBuilder();
        int[] ends = new int[page.size()];
        for (int i = 0; i < ends.length; i++) {
            texts.append(page.get(i).getString(2));
            ends[i] = texts.length();
        }
        receipt.addPage(utf8(texts.toString()), ends, ends.length);
    }

    private static long[] numbers(List<Row> page, Function<Row, Long> number) {
        return page.stream()
                .map(number)
                .mapToLong(value -> value == null ? NumberChunk.NONE : value)
                .toArray();
    }

    private org.apache.iceberg.io.OutputFile newFile(String name) {
        return table.io()
                .newOutputFile(table.locationProvider().newDataLocation(name + random.nextLong() + ".parquet"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<Row> readByIceberg() {
        table.refresh();
        return lake.read(PURCHASES, table.currentSnapshot().snapshotId())
                .coalesce(1)
                .collectAsList();
    }

    private static List<Row> readBySpark(DataFile file, boolean vectorized) {
        lake.spark().conf().set("spark.sql.parquet.enableVectorizedReader", vectorized);
        try {
            return lake.spark().read().parquet(file.location()).coalesce(1).collectAsList();
        } finally {
            lake.spark().conf().unset("spark.sql.parquet.enableVectorizedReader");
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

    private Object bound(DataFile file, Map<Integer, java.nio.ByteBuffer> bounds, String column) {
        Types.NestedField field = table.schema().findField(column);
        assertThat(file.valueCounts()).containsKey(field.fieldId());
        return Conversions.fromByteBuffer(field.type(), bounds.get(field.fieldId()));
    }

    private long nulls(DataFile file, String column) {
        return file.nullValueCounts().get(table.schema().findField(column).fieldId());
    }
}
