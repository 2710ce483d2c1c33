package io.retaillake.common.contract;

import static io.retaillake.common.contract.Column.optional;
import static io.retaillake.common.contract.Column.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.retaillake.common.amount.KrwAmounts;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DecimalType;

/** The gold tables: the affiliates' KPIs. Values that silver does not know are a row of their own, with null. */
public final class GoldTables {

    private static final DecimalType MONEY = KrwAmounts.TOTAL;

    private static final Column AFFILIATE = required("affiliate", StringType, "The affiliate's code, A to D.", "계열사");
    private static final Column MONTH =
            required("month", DateType, "First day of the month of the purchases.", "구매월 (그 달의 1일)");
    private static final Column TOTAL = required(
            "total_purchase_amount", MONEY, "Sum of the amounts in KRW, returns subtracted.", "구매금액 합계 (원, 반품 차감)");
    private static final Column COUNT =
            required("count_of_purchase", LongType, "Number of purchase lines.", "구매건수 (영수증의 상품 분류 줄 수)");
    private static final Column RECEIPTS =
            required("count_of_receipt", LongType, "Number of different receipts of the affiliate.", "영수증 수");
    private static final List<Column> PRODUCT = List.of(
            required("division_cd", StringType, "Code of the division.", "대분류코드"),
            required("main_category_cd", StringType, "Code of the main category.", "중분류코드"),
            required("sub_category_cd", StringType, "Code of the sub category.", "소분류코드"),
            optional("main_category_desc", StringType, "Name of the main category; null where unknown.", "중분류명"),
            optional("sub_category_desc", StringType, "Name of the sub category; null where unknown.", "소분류명"));
    private static final Column AGE_GROUP =
            optional("age_group", StringType, "The buyers' age band; null for unknown customers.", "연령대");
    private static final Column PROVINCE_CITY = optional(
            "province_city", StringType, "Province or metropolitan city of the residence; null where unknown.", "시도");
    private static final Column CITY_COUNTY = optional(
            "city_county",
            StringType,
            "City, county or district of the residence, several joined by ·; null where unknown.",
            "시군구");

    public static final TableContract SALES_BY_DATETIME = mart(
            "sales_by_datetime",
            "Sales of an affiliate on one day in one hour.",
            "계열사·일자·시간대별 매출",
            List.of(
                    AFFILIATE,
                    required("purchase_date", DateType, "The day of the purchases, in Seoul.", "구매일자"),
                    required("day_of_week", IntegerType, "Day of the week, 1 is Monday, 7 Sunday.", "요일 (1=월 ~ 7=일)"),
                    optional(
                            "purchase_hour",
                            IntegerType,
                            "Hour of the day, 0 to 23; null where unknown.",
                            "구매시간 (0~23시)")),
            List.of(TOTAL, COUNT, RECEIPTS),
            List.of("affiliate", "purchase_date", "purchase_hour"),
            List.of(PartitionField.month("purchase_date")));

    public static final TableContract SALES_BY_PRODUCT = mart(
            "sales_by_product",
            "Sales of an affiliate's product category in one month.",
            "계열사·월·상품 분류별 매출",
            join(List.of(AFFILIATE, MONTH), PRODUCT),
            List.of(TOTAL, COUNT),
            List.of(
                    "affiliate",
                    "month",
                    "division_cd",
                    "main_category_cd",
                    "sub_category_cd",
                    "main_category_desc",
                    "sub_category_desc"),
            List.of(PartitionField.month("month")));

    public static final TableContract SALES_BY_AGE_PRODUCT = mart(
            "sales_by_age_product",
            "Sales of an affiliate's product category to one age group in one month.",
            "계열사·월·상품 분류·연령대별 매출",
            join(join(List.of(AFFILIATE, MONTH), PRODUCT), List.of(AGE_GROUP)),
            List.of(TOTAL, COUNT),
            List.of(
                    "affiliate",
                    "month",
                    "division_cd",
                    "main_category_cd",
                    "sub_category_cd",
                    "main_category_desc",
                    "sub_category_desc",
                    "age_group"),
            List.of(PartitionField.month("month")));

    public static final TableContract SALES_BY_RESIDENCE = mart(
            "sales_by_residence",
            "Sales of an affiliate to the buyers of one place in one month.",
            "계열사·월·거주지별 매출",
            List.of(AFFILIATE, MONTH, PROVINCE_CITY, CITY_COUNTY),
            List.of(TOTAL, COUNT),
            List.of("affiliate", "month", "province_city", "city_county"),
            List.of(PartitionField.month("month")));

    public static final TableContract SALES_BY_CUSTOMER = mart(
            "sales_by_customer",
            "Sales of an affiliate to one customer in one month; one row for all buyers without a membership.",
            "고객·계열사·월별 매출 (비회원은 한 줄로)",
            List.of(
                    optional("customer_id", StringType, "The buyer; null without a membership.", "고객번호"),
                    AFFILIATE,
                    MONTH,
                    optional("sex", StringType, "M or F; null for an unknown customer.", "성별"),
                    AGE_GROUP,
                    optional(
                            "residence",
                            StringType,
                            "First three digits of the postal code; null where unknown.",
                            "거주지 (우편번호 앞 세 자리)"),
                    PROVINCE_CITY,
                    optional("province_city_eng", StringType, "The same in English; null where unknown.", "시도 영문"),
                    CITY_COUNTY,
                    optional("city_county_eng", StringType, "The same in English; null where unknown.", "시군구 영문")),
            List.of(TOTAL, COUNT, RECEIPTS),
            List.of("customer_id", "affiliate", "month"),
            List.of(PartitionField.month("month")));

    public static final TableContract AFFILIATE_OVERVIEW = mart(
            "affiliate_overview",
            "An affiliate in one month, or over the whole period where month is null.",
            "계열사·월별 개요 (month가 null이면 전체 기간)",
            List.of(
                    AFFILIATE,
                    optional(
                            "month",
                            DateType,
                            "First day of the month; null for the whole period.",
                            "구매월 (그 달의 1일, 전체 기간은 null)"),
                    required(
                            "count_of_customer",
                            LongType,
                            "Number of different customers; buyers without a membership are not counted.",
                            "구매고객 수 (비회원 제외)"),
                    COUNT,
                    RECEIPTS,
                    TOTAL,
                    optional(
                            "purchases_per_customer",
                            MONEY,
                            "Purchase lines with a customer per customer; null where there is no customer.",
                            "고객당 구매건수 (회원 구매만)"),
                    required(
                            "average_amount_per_purchase",
                            MONEY,
                            "total_purchase_amount per purchase line, in KRW.",
                            "구매건당 평균 금액 (원)"),
                    optional(
                            "average_amount_per_customer",
                            MONEY,
                            "Amount of the lines with a customer per customer, in KRW; null where there is none.",
                            "고객당 평균 금액 (원, 회원 구매만)")),
            List.of(),
            List.of("affiliate", "month"),
            List.of());

    /** All of them. */
    public static final List<TableContract> ALL = List.of(
            SALES_BY_DATETIME,
            SALES_BY_PRODUCT,
            SALES_BY_AGE_PRODUCT,
            SALES_BY_RESIDENCE,
            SALES_BY_CUSTOMER,
            AFFILIATE_OVERVIEW);

    private GoldTables() {}

    private static TableContract mart(
            String name,
            String grain,
            String koreanGrain,
            List<Column> dimensions,
            List<Column> measures,
            List<String> key,
            List<PartitionField> partitions) {
        return new TableContract(
                Layer.GOLD,
                name,
                "data/factdata/gold/" + name,
                grain,
                koreanGrain,
                join(dimensions, measures),
                key,
                partitions,
                Map.of());
    }

    private static List<Column> join(List<Column> first, List<Column> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
