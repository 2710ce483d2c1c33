package io.retaillake.common.sales;

import io.retaillake.common.columnar.ColumnDictionary;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Sales that no file has. */
public final class SomeSales {

    private SomeSales() {}

    /** By columns of strings and days, of which no value is null. */
    public static SalesBy by(List<String> columns, Map<List<Object>, Sales> sales) {
        List<ColumnDictionary> values = ColumnDictionary.none(columns.size());
        List<Type> types = sales.keySet().iterator().next().stream()
                .<Type>map(value -> value instanceof LocalDate ? Types.DateType.get() : Types.StringType.get())
                .toList();
        SalesBy made = new SalesBy(columns, types, values);
        sales.forEach((key, each) -> {
            int[][] codes = new int[columns.size()][1];
            for (int column = 0; column < codes.length; column++) {
                codes[column][0] = values.get(column).codeOf(key.get(column));
            }
            made.add(
                    codes,
                    new long[] {each.amount().movePointRight(2).longValueExact()},
                    new long[] {each.purchases()},
                    1);
        });
        return made;
    }
}
