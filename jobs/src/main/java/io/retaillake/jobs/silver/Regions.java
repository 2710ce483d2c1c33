package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The places of the postal areas. Several cities can share an area; a customer lives in one area, not in one city. */
final class Regions {

    private static final String SEPARATOR = "·";

    private Regions() {}

    /**
     * One row per {@code short_zipcode} of {@code zipcode}'s one per area and city: each name column's different names,
     * sorted and joined; null where there is none.
     */
    static Dataset<Row> of(Dataset<Row> zipcode) {
        return zipcode.groupBy("short_zipcode")
                .agg(
                        names("province_city"),
                        names("province_city_eng"),
                        names("city_county"),
                        names("city_county_eng"));
    }

    private static Column names(String column) {
        Column names = collect_set(when(not(BlankText.isMissing(col(column))), col(column)));
        return when(size(names).gt(0), array_join(sort_array(names), SEPARATOR)).as(column);
    }
}
