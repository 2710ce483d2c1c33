package io.retaillake.common.columnar;

import static io.retaillake.common.contract.Column.optional;
import static io.retaillake.common.contract.Column.required;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.OutputFile;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;

/** A table whose files are written column by column and read by others. */
final class ColumnsTable {

    static final int ROWS_IN_A_PAGE = 1000;
    static final int THINGS = 3000;

    private static final TableContract CONTRACT = new TableContract(
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

    private final Lake lake;
    private final Random random = new Random(7);
    private final EncodedAttribute codes = new EncodedAttribute();
    private final EncodedAttribute names = new EncodedAttribute();
    private final Table table;

    /** The table without rows. */
    ColumnsTable(Lake lake) {
        this.lake = lake;
        table = lake.findOrCreate(CONTRACT);
        table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
        UpdateProperties properties = table.updateProperties();
        table.properties().keySet().stream()
                .filter(name -> name.startsWith("write.parquet.")
                        || name.equals(TableProperties.DEFAULT_FILE_FORMAT)
                        || name.equals(TableProperties.ENCRYPTION_TABLE_KEY))
                .forEach(properties::remove);
        properties.commit();
        for (int thing = 0; thing < THINGS; thing++) {
            codes.add(utf8(code(thing)));
            names.add(name(thing) == null ? null : utf8(name(thing)));
        }
    }

    Table table() {
        return table;
    }

    void set(String property, String value) {
        table.updateProperties().set(property, value).commit();
    }

    int anyThing() {
        return random.nextInt(THINGS);
    }

    static BigDecimal won(long cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    static Date day(int day) {
        return Date.valueOf(LocalDate.of(2015, 1, 1).plusDays(day));
    }

    static String code(int thing) {
        return "C" + thing;
    }

    /** Entities share names, and some have none. */
    static String name(int thing) {
        return thing % 7 == 0 ? null : "이름 " + thing / 10;
    }

    /** Rows about entities, whose hours are any. */
    List<Row> rows(int count, IntSupplier things, IntFunction<BigDecimal> amounts) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int thing = things.getAsInt();
            Integer hour = random.nextInt(5) == 0 ? null : random.nextInt(24);
            rows.add(RowFactory.create(
                    code(thing), name(thing), "R%08d".formatted(i / 3), hour, day(i / 500), amounts.apply(i)));
        }
        return rows;
    }

    /** Writes a file of {@code rows} and adds it to the table. */
    DataFile write(List<Row> rows) throws IOException {
        DataFile written;
        try (PageBuffer bytes = new PageBuffer();
                ColumnarParquetWriter file = new ColumnarParquetWriter(table, newFile("rows"), bytes)) {
            writePages(file, rows);
            written = file.finish(new PartitionKey(table.spec(), table.schema()));
        }
        table.newAppend().appendFile(written).commit();
        return written;
    }

    /** Begins the columns of {@code file} and adds {@code rows} page by page. */
    void writePages(ColumnarParquetWriter file, List<Row> rows) throws IOException {
        StringChunkWriter code = file.texts("code", codes);
        StringChunkWriter name = file.texts("name", names);
        PlainStringChunkWriter receipt = file.plainTexts("receipt");
        NumberChunkWriter hour = file.numbers("hour");
        NumberChunkWriter day = file.numbers("day");
        NumberChunkWriter amount = file.numbers("amount");
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
    }

    private static void addReceipts(PlainStringChunkWriter receipt, List<Row> page) {
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
                .mapToLong(value -> value == null ? NumberChunkWriter.NONE : value)
                .toArray();
    }

    OutputFile newFile(String name) {
        return table.io()
                .newOutputFile(table.locationProvider().newDataLocation(name + UUID.randomUUID() + ".parquet"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    List<Row> readByIceberg() {
        table.refresh();
        return lake.read(CONTRACT, table.currentSnapshot().snapshotId())
                .coalesce(1)
                .collectAsList();
    }

    List<Row> readBySpark(DataFile file, boolean vectorized) {
        lake.spark().conf().set("spark.sql.parquet.enableVectorizedReader", vectorized);
        try {
            return lake.spark().read().parquet(file.location()).coalesce(1).collectAsList();
        } finally {
            lake.spark().conf().unset("spark.sql.parquet.enableVectorizedReader");
        }
    }
}
