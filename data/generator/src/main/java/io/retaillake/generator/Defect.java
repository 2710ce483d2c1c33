package io.retaillake.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One way in which a purchase in the source can be wrong or odd although the database accepts it. A key that exists twice
 * is none of them: the primary key refuses it.
 *
 * @param kind what is wrong, the same for several variants
 * @param spoil makes a clean row wrong
 */
record Defect(Kind kind, Consumer<PurchaseRow> spoil) {

    /** What is wrong, in the words of the silver layer's rules. */
    enum Kind {
        KEY_MISSING,
        DATE_INVALID,
        AMOUNT_MISSING,
        AMOUNT_NOT_FINITE,
        AMOUNT_OUT_OF_RANGE,
        HOUR_UNREADABLE,
        HOUR_IN_ANOTHER_FORM,
        CUSTOMER_MISSING,
        PRODUCT_UNKNOWN,
        AMOUNT_NEGATIVE,
        AMOUNT_ZERO,
        SEVERAL
    }

    /** Every variant, in a fixed order. */
    static final List<Defect> ALL = all();

    private static List<Defect> all() {
        List<Defect> all = new ArrayList<>();
        blankKeys(all);
        add(all, Kind.DATE_INVALID, (row, date) -> row.date = date, null, "", "20150229", "20150231", "20140631");
        add(all, Kind.DATE_INVALID, (row, date) -> row.date = date, "20141301", "20150100", "00000000", "99999999");
        add(all, Kind.DATE_INVALID, (row, date) -> row.date = date, "2015-1-3", "2015-01-03", "2015013", "201501031");
        add(all, Kind.DATE_INVALID, (row, date) -> row.date = date, " 20150103", "2015O1O3", "２０１５０１０３", "٢٠١٥٠١٠٣");
        add(all, Kind.AMOUNT_MISSING, (row, amount) -> row.amount = amount, (String) null);
        add(all, Kind.AMOUNT_NOT_FINITE, (row, amount) -> row.amount = amount, "NaN", "Infinity", "-Infinity");
        add(all, Kind.AMOUNT_OUT_OF_RANGE, (row, amount) -> row.amount = amount, "1e13", "1e14", "-1e14", "1e308");
        add(
                all,
                Kind.HOUR_UNREADABLE,
                (row, hour) -> row.hour = hour,
                null,
                "",
                "24",
                "-1",
                "ab",
                "７",
                "25:00",
                "99999");
        add(all, Kind.HOUR_IN_ANOTHER_FORM, (row, hour) -> row.hour = hour, "7", "07", "07:30", "23:59");
        add(all, Kind.CUSTOMER_MISSING, (row, customer) -> row.customerId = customer, (String) null);
        add(all, Kind.PRODUCT_UNKNOWN, (row, product) -> row.subCategory = product, "Z9999999", "없는분류");
        add(all, Kind.AMOUNT_NEGATIVE, (row, amount) -> row.amount = amount, "-12900", "-0.01");
        add(all, Kind.AMOUNT_ZERO, (row, amount) -> row.amount = amount, "0", "-0", "0.004");
        all.add(new Defect(Kind.SEVERAL, row -> {
            row.division = "";
            row.date = "20150229";
            row.hour = "24";
            row.amount = "NaN";
        }));
        return List.copyOf(all);
    }

    /** Blank is empty, white space or zero-width characters; the columns are not null in the source. */
    private static void blankKeys(List<Defect> all) {
        for (String blank : new String[] {"", " ", "   ", "\t", "\u3000", "\u200B"}) {
            all.add(new Defect(Kind.KEY_MISSING, row -> row.affiliate = blank));
            all.add(new Defect(Kind.KEY_MISSING, row -> row.division = blank));
            all.add(new Defect(Kind.KEY_MISSING, row -> row.mainCategory = blank));
            all.add(new Defect(Kind.KEY_MISSING, row -> row.subCategory = blank));
            all.add(new Defect(Kind.KEY_MISSING, row -> {
                // Without its receipt number only the sub category keeps the row's key apart from the others'.
                row.subCategory = "Z" + row.receiptNo;
                row.receiptNo = blank;
            }));
        }
    }

    private static void add(List<Defect> all, Kind kind, BiConsumer<PurchaseRow, String> set, String... values) {
        for (String value : values) {
            all.add(new Defect(kind, row -> set.accept(row, value)));
        }
    }
}
