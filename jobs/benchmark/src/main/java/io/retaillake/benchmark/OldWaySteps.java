package io.retaillake.benchmark;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * The pipeline that is replaced, as it was told: one JDBC connection, bronze as Parquet by affiliate, year and month, silver
 * and each of four marts written by one task, one job after the other, each in a JVM of its own. It waits for no crawler.
 *
 * <p>What it was not told is done well: a sensible fetch size, small tables broadcast, areas with several cities made one
 * row, Parquet with zstd. It keeps strings as they are, judges nothing, and adds up doubles.
 */
public final class OldWaySteps {

    static final String DIMENSIONS = "bronze dimensions";
    static final String PURCHASES = "bronze purchases";
    static final String SILVER = "silver";
    static final String DATETIME = "sales_by_datetime";
    static final String AGE_PRODUCT = "sales_by_age_product";
    static final String RESIDENCE = "sales_by_residence";
    static final String CUSTOMER = "sales_by_customer";

    /** What it does, in order. */
    static final List<String> ALL = List.of(DIMENSIONS, PURCHASES, SILVER, DATETIME, AGE_PRODUCT, RESIDENCE, CUSTOMER);

    private static final List<String> MONTH = List.of("affiliate", "year", "month");
    private static final List<String> PRODUCT_KEY =
            List.of("affiliate", "division_cd", "main_category_cd", "sub_category_cd");
    private static final List<String> PRODUCT =
            List.of("division_cd", "main_category_cd", "sub_category_cd", "main_category_desc", "sub_category_desc");

    /** The driver's default would fetch the whole table at once. */
    private static final String FETCH_SIZE_ROWS = "10000";

    private OldWaySteps() {}

    /** Does one step, or prints the totals of what is there. */
    public static void main(String[] arguments) throws Exception {
        StepOptions options = StepOptions.of(arguments);
        Steps steps = new Steps(options.folder());
        if (options.step().equals(StepOptions.TOTALS)) {
            printTotals(session(), options.folder());
        } else {
            steps.run(layer(options.step()), options.step(), () -> run(options));
        }
        session().stop();
    }

    static String layer(String step) {
        return step.startsWith("bronze") ? "bronze" : step.equals(SILVER) ? "silver" : "gold";
    }

    /** Made within the step, as the jobs do. */
    private static SparkSession session() {
        return SparkSession.builder().appName("the old way").getOrCreate();
    }

    private static void run(StepOptions options) {
        SparkSession spark = session();
        Path folder = options.folder();
        switch (options.step()) {
            case DIMENSIONS ->
                Stream.of("customer", "products_info", "zipcode")
                        .forEach(table ->
                                save(source(spark, options.source(), table).write(), folder, "bronze/" + table));
            case PURCHASES ->
                save(
                        source(spark, options.source(), "purchase")
                                .withColumn("year", substring(col("purchase_date"), 1, 4))
                                .withColumn("month", substring(col("purchase_date"), 5, 2))
                                .write()
                                .partitionBy(MONTH.toArray(String[]::new)),
                        folder,
                        "bronze/purchase");
            case SILVER -> save(silver(spark, folder).coalesce(1).write(), folder, "silver");
            default -> save(mart(spark, folder, options.step()).coalesce(1).write(), folder, "gold/" + options.step());
        }
    }

    private static Dataset<Row> source(SparkSession spark, MeasuredSource source, String table) {
        Properties properties = source.properties();
        properties.setProperty("driver", "org.postgresql.Driver");
        properties.setProperty("fetchsize", FETCH_SIZE_ROWS);
        return spark.read().jdbc(source.url(), source.table(table), properties);
    }

    private static Dataset<Row> silver(SparkSession spark, Path folder) {
        Dataset<Row> regions = read(spark, folder, "bronze/zipcode")
                .groupBy("short_zipcode")
                .agg(
                        names("province_city"),
                        names("province_city_eng"),
                        names("city_county"),
                        names("city_county_eng"));
        Dataset<Row> customers = read(spark, folder, "bronze/customer");
        customers = customers
                .join(broadcast(regions), customers.col("residence").equalTo(regions.col("short_zipcode")), "left")
                .drop("short_zipcode");
        return read(spark, folder, "bronze/purchase")
                .join(
                        broadcast(read(spark, folder, "bronze/products_info")),
                        PRODUCT_KEY.toArray(String[]::new),
                        "left")
                .join(broadcast(customers), new String[] {"customer_id"}, "left");
    }

    private static Column names(String column) {
        return array_join(sort_array(collect_set(column)), "·").as(column);
    }

    private static Dataset<Row> mart(SparkSession spark, Path folder, String name) {
        Column[] keys = columns(
                switch (name) {
                    case DATETIME -> List.of("affiliate", "purchase_date", "purchase_time");
                    case AGE_PRODUCT -> monthly(Stream.concat(PRODUCT.stream(), Stream.of("age_group")));
                    case RESIDENCE -> monthly(Stream.of("province_city", "city_county"));
                    case CUSTOMER ->
                        monthly(Stream.of(
                                "customer_id",
                                "sex",
                                "age_group",
                                "residence",
                                "province_city",
                                "province_city_eng",
                                "city_county",
                                "city_county_eng"));
                    default -> throw new IllegalArgumentException(name);
                });
        return read(spark, folder, "silver")
                .groupBy(keys)
                .agg(sum("amount").as("total_purchase_amount"), count(lit(1)).as("count_of_purchase"));
    }

    /** Prints {@link MartTotals} as CSV. */
    private static void printTotals(SparkSession spark, Path folder) {
        System.out.println(MartTotals.HEADER);
        for (String mart : List.of(DATETIME, AGE_PRODUCT, RESIDENCE, CUSTOMER)) {
            read(spark, folder, "gold/" + mart)
                    .groupBy("affiliate")
                    .agg(count(lit(1)), sum("total_purchase_amount").cast("decimal(28,2)"), sum("count_of_purchase"))
                    .collectAsList()
                    .forEach(row -> System.out.println(String.join(
                            ",",
                            mart,
                            row.getString(0),
                            row.get(1).toString(),
                            row.get(2).toString(),
                            row.get(3).toString(),
                            "",
                            "")));
        }
    }

    private static Dataset<Row> read(SparkSession spark, Path folder, String table) {
        return spark.read().parquet(folder.resolve(table).toString());
    }

    private static void save(DataFrameWriter<Row> rows, Path folder, String table) {
        rows.mode(SaveMode.Overwrite)
                .option("compression", "zstd")
                .parquet(folder.resolve(table).toString());
    }

    private static List<String> monthly(Stream<String> names) {
        return Stream.concat(MONTH.stream(), names).toList();
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(name -> col(name)).toArray(Column[]::new);
    }
}
