package io.retaillake.common.sales;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.columnar.ColumnBatch;
import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.columnar.GroupByHash;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.types.Type;

/**
 * The sales of each combination of some columns' values; of all rows together, where there are no columns. A combination takes some
 * 60 bytes, and each different value its own size once.
 */
public final class SalesBy {

    private final List<String> columns;
    private final List<Type> types;
    private final List<ColumnDictionary> values;

    private final GroupByHash combinations;
    private final int[] groups = new int[ColumnBatch.MOST_ROWS];
    private long[] cents = new long[1];
    private long[] purchases = new long[1];
    private int size;

    /** @param values what the codes that are added stand for, by column */
    SalesBy(List<String> columns, List<Type> types, List<ColumnDictionary> values) {
        this.columns = columns;
        this.types = types;
        this.values = values;
        this.combinations = new GroupByHash(columns.size());
    }

    /**
     * Adds rows.
     *
     * @param codes by column and row
     * @param centsOfRows their total amounts in hundredths of a won
     * @param purchasesOfRows their numbers of purchase lines
     * @throws ArithmeticException where a sum is beyond 90 quadrillion won
     */
    void add(int[][] codes, long[] centsOfRows, long[] purchasesOfRows, int rows) {
        combinations.find(codes, groups, rows);
        for (int row = 0; row < rows; row++) {
            int group = groups[row];
            if (group >= size) {
                ensureRoom(group);
            }
            cents[group] = Math.addExact(cents[group], centsOfRows[row]);
            purchases[group] += purchasesOfRows[row];
        }
    }

    private void ensureRoom(int group) {
        if (group >= cents.length) {
            cents = Arrays.copyOf(cents, Math.multiplyExact(2, group));
            purchases = Arrays.copyOf(purchases, cents.length);
        }
        size = group + 1;
    }

    /** Takes combinations one after the other. */
    @FunctionalInterface
    public interface CodesReader {

        /**
         * Takes a combination.
         *
         * @param codes of its values, by column; the array is the next one's, too
         */
        void read(int[] codes, Sales sales);
    }

    /** Gives each combination by the codes of its values, for those who look at few of the values themselves. */
    public void forEachByCodes(CodesReader reader) {
        int[] codes = new int[columns.size()];
        for (int group = 0; group < size; group++) {
            combinations.codes(group, codes);
            reader.read(codes, new Sales(won(cents[group]), purchases[group]));
        }
    }

    /** What the codes of a column stand for. */
    public ColumnDictionary values(int column) {
        return values.get(column);
    }

    /** Gives each combination, of which values may be null: strings, whole numbers and days. */
    public void forEach(BiConsumer<List<Object>, Sales> consumer) {
        for (int group = 0; group < size; group++) {
            consumer.accept(valuesOf(group), new Sales(won(cents[group]), purchases[group]));
        }
    }

    private List<Object> valuesOf(int group) {
        int[] codes = new int[columns.size()];
        combinations.codes(group, codes);
        Object[] found = new Object[codes.length];
        for (int column = 0; column < codes.length; column++) {
            found[column] = codes[column] == ColumnDictionary.NULL ? null : value(column, codes[column]);
        }
        return Arrays.asList(found);
    }

    private Object value(int column, int code) {
        ColumnDictionary known = values.get(column);
        return switch (types.get(column).typeId()) {
            case STRING -> known.text(code).toString();
            case DATE -> LocalDate.ofEpochDay(known.number(code));
            case LONG -> known.number(code);
            default -> (int) known.number(code);
        };
    }

    private static BigDecimal won(long cents) {
        return BigDecimal.valueOf(cents, KrwAmounts.TOTAL.scale());
    }

    /** The same added up by some of the columns. Costs as much memory as those have combinations. */
    public SalesBy over(List<String> some) {
        int[] positions = some.stream().mapToInt(columns::indexOf).toArray();
        List<Type> typesOfSome = Arrays.stream(positions).mapToObj(types::get).toList();
        List<ColumnDictionary> valuesOfSome =
                Arrays.stream(positions).mapToObj(values::get).toList();
        SalesBy added = new SalesBy(some, typesOfSome, valuesOfSome);
        addTo(added, (codes, place) -> codes[positions[place]]);
        return added;
    }

    /** The same with other strings in a column that has no null; those that become the same are added up. */
    public SalesBy renamed(String column, UnaryOperator<String> name) {
        int renamed = columns.indexOf(column);
        ColumnDictionary names = new ColumnDictionary();
        int[] codesOfNames = IntStream.range(0, values.get(renamed).endOfCodes())
                .map(code -> code == ColumnDictionary.NULL
                        ? code
                        : names.codeOf(name.apply(values.get(renamed).text(code).toString())))
                .toArray();
        List<ColumnDictionary> valuesOfRenamed = new ArrayList<>(values);
        valuesOfRenamed.set(renamed, names);
        SalesBy added = new SalesBy(columns, types, valuesOfRenamed);
        addTo(added, (codes, place) -> place == renamed ? codesOfNames[codes[place]] : codes[place]);
        return added;
    }

    /** The code of a column of other sales, by the codes of a combination of these. */
    private interface CodeOfColumn {

        int of(int[] codes, int column);
    }

    private void addTo(SalesBy other, CodeOfColumn code) {
        int[] codes = new int[columns.size()];
        int[][] codesOfRows = new int[other.columns.size()][ColumnBatch.MOST_ROWS];
        long[] centsOfRows = new long[ColumnBatch.MOST_ROWS];
        long[] purchasesOfRows = new long[ColumnBatch.MOST_ROWS];
        int rows = 0;
        for (int group = 0; group < size; group++) {
            combinations.codes(group, codes);
            for (int column = 0; column < codesOfRows.length; column++) {
                codesOfRows[column][rows] = code.of(codes, column);
            }
            centsOfRows[rows] = cents[group];
            purchasesOfRows[rows] = purchases[group];
            rows++;
            if (rows == ColumnBatch.MOST_ROWS || group == size - 1) {
                other.add(codesOfRows, centsOfRows, purchasesOfRows, rows);
                rows = 0;
            }
        }
    }

    /** The different days of a column. */
    public Stream<LocalDate> days(String column) {
        ColumnDictionary known = values.get(columns.indexOf(column));
        return IntStream.range(ColumnDictionary.NULL + 1, known.endOfCodes())
                .mapToObj(code -> LocalDate.ofEpochDay(known.number(code)));
    }

    /** The sales by some of the columns. */
    public Map<List<Object>, Sales> by(List<String> some) {
        Map<List<Object>, Sales> sales = new HashMap<>();
        (some.equals(columns) ? this : over(some)).forEach(sales::put);
        return sales;
    }

    /** All rows together. */
    public Sales total() {
        Sales total = Sales.NONE;
        for (int group = 0; group < size; group++) {
            total = total.plus(new Sales(won(cents[group]), purchases[group]));
        }
        return total;
    }
}
