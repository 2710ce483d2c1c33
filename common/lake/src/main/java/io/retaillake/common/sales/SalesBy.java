package io.retaillake.common.sales;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.columnar.ColumnBatch;
import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.columnar.GroupByHash;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
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

    /** The sales by some of the columns. */
    public Map<List<Object>, Sales> by(List<String> some) {
        int[] positions = some.stream().mapToInt(columns::indexOf).toArray();
        Map<List<Object>, Sales> sales = new HashMap<>();
        forEach((key, each) -> sales.merge(
                Arrays.asList(Arrays.stream(positions).mapToObj(key::get).toArray()), each, Sales::plus));
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
