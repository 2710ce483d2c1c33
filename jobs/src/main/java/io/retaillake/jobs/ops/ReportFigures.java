package io.retaillake.jobs.ops;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.grouping;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * What a report shows, worked out from the marts' rows of the months that it covers. Every table that comes out is small
 * whatever goes in: it grows with the affiliates, months, categories and places, not with the purchases. Amounts are in KRW.
 */
final class ReportFigures {

    /** The most categories and products of an affiliate that a page holds by name. */
    static final int MOST_CATEGORIES = 40;

    static final int MOST_PRODUCTS = 20;

    private static final Column AMOUNT = sum("total_purchase_amount").as("amount");
    private static final Column PURCHASES = sum("count_of_purchase").as("purchases");

    private ReportFigures() {}

    /** Overview to one row per affiliate; a receipt over the end of a month counts in both months. */
    static Dataset<Row> totals(Dataset<Row> overview) {
        return overview.groupBy("affiliate")
                .agg(PURCHASES, sum("count_of_receipt").as("receipts"), AMOUNT);
    }

    /** Overview to one row per affiliate and month. */
    static Dataset<Row> months(Dataset<Row> overview) {
        return by(overview, "affiliate", "month");
    }

    /** Sales by date and time to one row per affiliate and day. */
    static Dataset<Row> days(Dataset<Row> byDatetime) {
        return by(byDatetime, "affiliate", "purchase_date");
    }

    /** Sales by date and time to one row per affiliate, day of the week and hour, null where that is unknown. */
    static Dataset<Row> hours(Dataset<Row> byDatetime) {
        return by(byDatetime, "affiliate", "day_of_week", "purchase_hour");
    }

    /**
     * Sales by age and product to one row per affiliate, main category and age group, null where unknown. An affiliate's
     * categories after the {@link #MOST_CATEGORIES} largest are one, marked {@code other}.
     */
    static Dataset<Row> ages(Dataset<Row> byAgeProduct) {
        Column ofCategory = sum("amount").over(Window.partitionBy("affiliate", "main_category_desc"));
        Column rank = dense_rank()
                .over(Window.partitionBy("affiliate")
                        .orderBy(
                                col("category_amount").desc(),
                                col("main_category_desc").asc_nulls_last()));
        return by(byAgeProduct, "affiliate", "main_category_desc", "age_group")
                .withColumn("category_amount", ofCategory)
                .withColumn("other", rank.gt(MOST_CATEGORIES))
                .withColumn("category", when(col("other"), lit(null)).otherwise(col("main_category_desc")))
                .groupBy("affiliate", "other", "category", "age_group")
                .agg(sum("amount").as("amount"), sum("purchases").as("purchases"));
    }

    /** Sales by residence to one row per affiliate, province and city, null where unknown. */
    static Dataset<Row> places(Dataset<Row> byResidence) {
        return by(byResidence, "affiliate", "province_city", "city_county");
    }

    /** Sales by product to the affiliates' {@link #MOST_PRODUCTS} largest by amount and those by purchases. */
    static Dataset<Row> products(Dataset<Row> byProduct) {
        String[] key = {
            "affiliate", "division_cd", "main_category_cd", "sub_category_cd", "main_category_desc", "sub_category_desc"
        };
        String[] ties = Arrays.copyOfRange(key, 1, key.length);
        return by(byProduct, key)
                .withColumn("amount_rank", rank("amount", ties))
                .withColumn("purchases_rank", rank("purchases", ties))
                .where(col("amount_rank")
                        .leq(MOST_PRODUCTS)
                        .or(col("purchases_rank").leq(MOST_PRODUCTS)))
                .drop("amount_rank", "purchases_rank");
    }

    /** Sales by customer to one row per affiliate, customer and residence; without buyers that have no membership. */
    static Dataset<Row> members(Dataset<Row> byCustomer) {
        return by(
                byCustomer.where(col("customer_id").isNotNull()),
                "affiliate",
                "customer_id",
                "province_city",
                "city_county",
                "province_city_eng",
                "city_county_eng");
    }

    /** Members to one row per affiliate and one, whose affiliate is null, for the group. */
    static Dataset<Row> memberTotals(Dataset<Row> members) {
        return members.rollup("affiliate")
                .agg(
                        countDistinct("customer_id").as("customers"),
                        sum("amount").as("amount"),
                        sum("purchases").as("purchases"));
    }

    /** Members to one row per set of affiliates, joined by commas, for the customers who buy at exactly these. */
    static Dataset<Row> overlap(Dataset<Row> members) {
        return members.groupBy("customer_id")
                .agg(
                        array_join(array_sort(collect_set("affiliate")), ",").as("affiliates"),
                        sum("amount").as("amount"))
                .groupBy("affiliates")
                .agg(count(lit(1)).as("customers"), sum("amount").as("amount"));
    }

    /**
     * Members of known places to the number of customers: per affiliate or, where affiliate is null, of the group; in a city
     * or, where {@code whole} is true, in the whole province.
     */
    static Dataset<Row> placeCustomers(Dataset<Row> members) {
        return members.where(col("province_city").isNotNull())
                .cube("affiliate", "city_county", "province_city")
                .agg(
                        grouping("province_city").as("everywhere"),
                        grouping("city_county").equalTo(1).as("whole"),
                        countDistinct("customer_id").as("customers"))
                .where(col("everywhere").equalTo(0))
                .select("affiliate", "province_city", "whole", "city_county", "customers");
    }

    /** Members of known places to the places' English names. */
    static Dataset<Row> placeNames(Dataset<Row> members) {
        return members.where(col("province_city").isNotNull())
                .groupBy("province_city", "city_county")
                .agg(
                        max("province_city_eng").as("province_city_eng"),
                        max("city_county_eng").as("city_county_eng"));
    }

    private static Dataset<Row> by(Dataset<Row> mart, String... key) {
        return mart.groupBy(Arrays.stream(key).map(name -> col(name)).toArray(Column[]::new))
                .agg(AMOUNT, PURCHASES);
    }

    /** The place of a row among its affiliate's, the largest first; ties in the order of further columns. */
    private static Column rank(String measure, String... ties) {
        Column[] order = Stream.concat(
                        Stream.of(col(measure).desc()),
                        Arrays.stream(ties).map(name -> col(name).asc_nulls_last()))
                .toArray(Column[]::new);
        return row_number().over(Window.partitionBy("affiliate").orderBy(order));
    }
}
