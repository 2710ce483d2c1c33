package io.retaillake.jobs.gold;

import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.columnar.ColumnarParquetWriter;
import io.retaillake.common.columnar.ColumnarTable;
import io.retaillake.common.columnar.EncodedAttribute;
import io.retaillake.common.columnar.NumberChunkWriter;
import io.retaillake.common.columnar.PageBuffer;
import io.retaillake.common.columnar.StringChunkWriter;
import io.retaillake.common.publish.TaskFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.LongUnaryOperator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** A file of a monthly mart that is being written: the sales of one affiliate's month, a row for each of their groups. */
final class MartFile implements TaskFiles.OpenFile {

    private final ColumnarTable mart;
    private final ColumnarParquetWriter file;

    private final int[] things;
    private final long[] numbers;

    /** A column whose pages are written. */
    private interface Pages {

        /** Adds a page of groups, of which {@code codes} has the codes by key and row. */
        void add(int firstGroup, int[][] codes, int rows);
    }

    /** Creates the file. */
    MartFile(ColumnarTable mart, OutputFile place, PageBuffer bytes) {
        this.mart = mart;
        this.things = new int[mart.pageRows()];
        this.numbers = new long[mart.pageRows()];
        this.file = new ColumnarParquetWriter(mart, place, bytes);
    }

    /** Writes all groups; to be called once. */
    void write(PartSales sales) throws IOException {
        List<Pages> columns = mart.table().schema().columns().stream()
                .map(column -> pages(column, sales))
                .toList();
        int keys = sales.keys().size();
        int[] codesOfGroup = new int[keys];
        int[][] codes = new int[keys][things.length];
        int groups = sales.groups().size();
        for (int first = 0; first < groups; first += things.length) {
            int rows = Math.min(things.length, groups - first);
            for (int row = 0; row < rows; row++) {
                sales.groups().codes(first + row, codesOfGroup);
                for (int key = 0; key < keys; key++) {
                    codes[key][row] = codesOfGroup[key];
                }
            }
            for (Pages column : columns) {
                column.add(first, codes, rows);
            }
            file.endPage(rows);
        }
    }

    private Pages pages(Types.NestedField column, PartSales sales) {
        String name = column.name();
        return switch (name) {
            case MartColumns.AFFILIATE -> affiliate(sales.affiliateMonth().affiliate());
            case MartColumns.MONTH -> {
                LocalDate month = sales.affiliateMonth().month().atDay(1);
                yield measure(name, group -> month.toEpochDay());
            }
            case MartColumns.DAY_OF_WEEK ->
                numbers(
                        name,
                        sales,
                        MartColumns.DATE,
                        day -> LocalDate.ofEpochDay(day).getDayOfWeek().getValue());
            case Measures.TOTAL -> measure(name, sales.groups()::totalCents);
            case Measures.COUNT -> measure(name, sales.groups()::lines);
            case Measures.RECEIPTS -> measure(name, sales.groups()::receipts);
            default ->
                column.type().typeId() == Type.TypeID.STRING
                        ? texts(name, sales)
                        : numbers(name, sales, name, number -> number);
        };
    }

    private Pages affiliate(String name) {
        EncodedAttribute affiliate = new EncodedAttribute();
        affiliate.add(name.getBytes(StandardCharsets.UTF_8));
        StringChunkWriter chunk = file.texts(MartColumns.AFFILIATE, affiliate);
        return (first, codes, rows) -> {
            Arrays.fill(things, 0, rows, 0);
            chunk.addPage(things, rows);
        };
    }

    private Pages measure(String column, IntToLongFunction ofGroup) {
        NumberChunkWriter chunk = file.numbers(column);
        return (first, codes, rows) -> {
            for (int row = 0; row < rows; row++) {
                numbers[row] = ofGroup.applyAsLong(first + row);
            }
            chunk.addPage(numbers, rows);
        };
    }

    private Pages texts(String column, PartSales sales) {
        int key = sales.keys().indexOf(column);
        StringChunkWriter chunk = file.texts(column, sales.values().get(key).attribute());
        return (first, codes, rows) -> {
            for (int row = 0; row < rows; row++) {
                things[row] = ColumnDictionary.thing(codes[key][row]);
            }
            chunk.addPage(things, rows);
        };
    }

    /** A column made of the numbers of the key column {@code from}; null where that is. */
    private Pages numbers(String column, PartSales sales, String from, LongUnaryOperator made) {
        int key = sales.keys().indexOf(from);
        ColumnDictionary values = sales.values().get(key);
        NumberChunkWriter chunk = file.numbers(column);
        return (first, codes, rows) -> {
            for (int row = 0; row < rows; row++) {
                long number = values.number(codes[key][row]);
                numbers[row] = number == NumberChunkWriter.NONE ? NumberChunkWriter.NONE : made.applyAsLong(number);
            }
            chunk.addPage(numbers, rows);
        };
    }

    @Override
    public long lengthBytes() throws IOException {
        return file.lengthBytes();
    }

    @Override
    public DataFile finish(PartitionKey partition) throws IOException {
        return file.finish(partition);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
