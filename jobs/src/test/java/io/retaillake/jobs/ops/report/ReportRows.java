package io.retaillake.jobs.ops.report;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.jobs.Cells;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Purchases of four affiliates in three months, with everything that may be unknown or strange. */
public final class ReportRows {

    private static final String[] AGES = {"19세이하", "30세~34세", "60세이상"};
    private static final String[][] PLACES = {
        {"서울특별시", "Seoul", "강남구", "Gangnam-gu"},
        {"서울특별시", "Seoul", "강북구·성북구", "Gangbuk-gu·Seongbuk-gu"},
        {"세종특별자치시", "Sejong", null, null},
        {"부산광역시", "Busan", "해운대구", "Haeundae-gu"}
    };
    private static final String[] CATEGORIES = {"여성의류", "과일", "가전"};

    private ReportRows() {}

    /** The same rows at every call. */
    public static List<Cells> rows() {
        List<Cells> rows = new ArrayList<>();
        String[] affiliates = {"A", "B", "C", "D"};
        for (int affiliate = 0; affiliate < affiliates.length; affiliate++) {
            // Customer 1 buys everywhere, 2 not at D, 3 at A and B, 4 at A alone, who lives where nobody knows.
            for (int customer = 1; customer <= affiliates.length - affiliate; customer++) {
                for (int month = 1; month <= 3; month++) {
                    rows.add(row(
                            affiliates[affiliate],
                            customer,
                            month,
                            1_000_000 * (4 - affiliate) + customer * 10 + month));
                }
            }
        }
        rows.add(row("A", 1, 2, -500)); // a return
        rows.add(row("A", 2, 1, 77).with("purchase_hour", null));
        rows.add(nobody(row("B", 1, 1, 12345)).with("customer_id", null));
        rows.add(nobody(row("B", 1, 1, 23456)).with("customer_id", "X9"));
        rows.add(row("C", 1, 3, 99).with("main_category_desc", null).with("sub_category_desc", null));
        rows.add(row("C", 1, 3, 5_000_000)
                .with("sub_category_cd", "C0000000")
                .with("sub_category_desc", "</script><script>alert(1)</script> & \"'"));
        rows.add(row("D", 1, 3, 7).with("sub_category_cd", "D0000000").with("sub_category_desc", "=HYPERLINK(0)"));
        return rows;
    }

    private static Cells row(String affiliate, int customer, int month, long won) {
        String[] place = PLACES[customer - 1];
        LocalDate day = LocalDate.of(2015, month, customer * 5);
        String category = CATEGORIES[customer % CATEGORIES.length];
        Cells row = Cells.of(
                SilverTables.PURCHASES,
                affiliate,
                "R" + affiliate + customer + month,
                "1",
                "10" + customer,
                affiliate + "10" + customer + "1001",
                category,
                category + " 상품",
                "C" + customer,
                customer % 2 == 0 ? "M" : "F",
                AGES[customer % AGES.length],
                "0" + customer + "0",
                place[0],
                place[1],
                place[2],
                place[3],
                "S1",
                Date.valueOf(day),
                8 + customer,
                day.getYear(),
                month,
                BigDecimal.valueOf(won).setScale(2));
        return customer == 4 ? nobody(row) : row;
    }

    private static Cells nobody(Cells row) {
        return row.with("sex", null)
                .with("age_group", null)
                .with("residence", null)
                .with("province_city", null)
                .with("province_city_eng", null)
                .with("city_county", null)
                .with("city_county_eng", null);
    }
}
