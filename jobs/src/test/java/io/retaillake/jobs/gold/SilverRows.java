package io.retaillake.jobs.gold;

import static org.apache.spark.sql.functions.expr;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.TestLake;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;

/** A handful of purchase lines, from which the marts' rows can be worked out by hand. */
final class SilverRows {

    private static final Cells LINE = Cells.of(
            SilverTables.PURCHASES,
            "A",
            "R1",
            "1",
            "101",
            "A1011001",
            "여성의류",
            "원피스",
            "C1",
            "F",
            "30세~34세",
            "010",
            "서울특별시",
            "Seoul",
            "강북구",
            "Gangbuk-gu",
            "S1",
            date("2015-01-03"),
            10,
            2015,
            1,
            won("0.00"));

    /** Two affiliates in January and February 2015; 3 and 31 January are Saturdays. */
    static final List<Cells> LINES = List.of(
            // A receipt of two lines, and the same number at the other affiliate.
            line("A", "R1", "2015-01-03", 10, "100.00"),
            blouse(line("A", "R1", "2015-01-03", 10, "50.50")),
            apple(line("B", "R1", "2015-01-03", 10, "10.00")),
            // Nothing is known of buyer and hour.
            buyer(line("A", "R2", "2015-01-03", null, "30.00"), null, null, null, null),
            // A return of a customer in a province without cities.
            buyer(line("A", "R3", "2015-01-05", 10, "-20.25"), "C2", "M", "60세이상", "300")
                    .with("province_city", "세종특별자치시")
                    .with("province_city_eng", "Sejong"),
            // A receipt over the end of the month.
            line("A", "R4", "2015-01-31", 23, "1.00"),
            blouse(line("A", "R4", "2015-02-01", 0, "2.00")),
            // A number that no customer has, and a product that is not known.
            buyer(line("A", "R5", "2015-02-01", 0, "5.00"), "X9", null, null, null)
                    .with("division_cd", "9")
                    .with("main_category_cd", "999")
                    .with("sub_category_cd", "A9999999")
                    .with("main_category_desc", null)
                    .with("sub_category_desc", null));

    private SilverRows() {}

    /** A line of a known customer and product. */
    static Cells line(String affiliate, String receipt, String day, Integer hour, String amount) {
        return LINE.with("affiliate", affiliate)
                .with("receipt_no", receipt)
                .with("purchase_date", date(day))
                .with("purchase_year", LocalDate.parse(day).getYear())
                .with("purchase_month", LocalDate.parse(day).getMonthValue())
                .with("purchase_hour", hour)
                .with("amount", won(amount));
    }

    /** The line bought by somebody of no known place. */
    static Cells buyer(Cells line, String customerId, String sex, String ageGroup, String residence) {
        return line.with("customer_id", customerId)
                .with("sex", sex)
                .with("age_group", ageGroup)
                .with("residence", residence)
                .with("province_city", null)
                .with("province_city_eng", null)
                .with("city_county", null)
                .with("city_county_eng", null);
    }

    private static Cells blouse(Cells line) {
        return line.with("sub_category_cd", "A1011002").with("sub_category_desc", "블라우스");
    }

    private static Cells apple(Cells line) {
        return line.with("main_category_cd", "119")
                .with("sub_category_cd", "B1191001")
                .with("main_category_desc", "과일")
                .with("sub_category_desc", "사과");
    }

    static Date date(String day) {
        return Date.valueOf(day);
    }

    static BigDecimal won(String amount) {
        return new BigDecimal(amount);
    }

    /** Publishes {@code lines} in place of what {@code condition} selects of silver. */
    static void replace(TestLake lake, String runId, List<Cells> lines, String condition) {
        Run run = new Run(runId, "BuildPurchases", new TreeMap<>());
        Publication.run(lake.lake(), run, List.of(SilverTables.PURCHASES), publication -> {
            publication.write(
                    SilverTables.PURCHASES,
                    Cells.frame(lake.spark(), SilverTables.PURCHASES, 2, lines),
                    new OverwriteFilter(expr(condition)));
            publication.publish(List.of(Check.equal("rows", 1, 1)), List.of());
        });
    }
}
