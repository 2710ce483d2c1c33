package io.retaillake.jobs;

import static io.retaillake.jobs.BadValue.RESIDENCE;
import static io.retaillake.jobs.BadValue.kept;
import static io.retaillake.jobs.BadValue.rejected;

import io.retaillake.common.contract.BronzeTables;
import java.util.List;
import java.util.stream.Stream;

/**
 * What silver does with bad data: each line is a kind of value, the column that holds it, the value, and what becomes of its
 * row. A kept row has its strings as they were, and only the named columns of silver differ from a usual row's.
 */
final class BadValues {

    private static final String[] NO_DATE = {"DATE_INVALID"};
    private static final String[] UNKNOWN_PRODUCT = {"main_category_desc", null, "sub_category_desc", null};
    private static final String[] UNKNOWN_PLACE = {
        "province_city", null, "province_city_eng", null, "city_county", null, "city_county_eng", null
    };
    private static final String[] UNKNOWN_CUSTOMER = Stream.concat(
                    Stream.of("sex", null, "age_group", null, "residence", null), Stream.of(UNKNOWN_PLACE))
            .toArray(String[]::new);
    private static final String[] NO_HOUR = {"purchase_hour", null};

    private BadValues() {}

    /** Values that PostgreSQL holds once its text columns have no declared length. */
    static List<BadValue> inTheDatabase() {
        return Stream.of(keys(), codes(), dates(), hours(), amounts(), places())
                .flatMap(values -> values)
                .toList();
    }

    private static Stream<BadValue> keys() {
        return BronzeTables.PURCHASE.key().stream().flatMap(BadValues::blankKeys);
    }

    private static Stream<BadValue> blankKeys(String column) {
        return Stream.of(
                rejected("empty", column, "", "KEY_MISSING"),
                rejected("a space", column, " ", "KEY_MISSING"),
                rejected("a tab and a line end", column, "\t\r\n", "KEY_MISSING"),
                rejected("a no-break space", column, "\u00a0", "KEY_MISSING"),
                rejected("an ideographic space", column, "\u3000", "KEY_MISSING"),
                rejected("a zero-width space", column, "\u200b", "KEY_MISSING"),
                rejected("a byte order mark", column, "\ufeff", "KEY_MISSING"),
                rejected("a right-to-left mark", column, "\u200f", "KEY_MISSING"),
                rejected("a soft hyphen", column, "\u00ad", "KEY_MISSING"),
                rejected("a Hangul filler", column, "\u3164", "KEY_MISSING"),
                rejected("a control character", column, "\u001f", "KEY_MISSING"),
                rejected("several that show nothing", column, " \u200d\u2066\u3000\u2069", "KEY_MISSING"));
    }

    private static Stream<BadValue> codes() {
        return Stream.of(
                kept("unknown", "sub_category_cd", "없는분류", UNKNOWN_PRODUCT),
                kept("padded", "sub_category_cd", "B1191001 ", UNKNOWN_PRODUCT),
                kept("lower case", "affiliate", "b", UNKNOWN_PRODUCT),
                kept("of another affiliate", "affiliate", "Z", UNKNOWN_PRODUCT),
                kept("full-width digit", "division_cd", "１", UNKNOWN_PRODUCT),
                kept("leading zero", "main_category_cd", "0119", UNKNOWN_PRODUCT),
                kept("a path", "affiliate", "../B/%2F", UNKNOWN_PRODUCT),
                kept("longer than declared", "affiliate", "계열사".repeat(8), UNKNOWN_PRODUCT),
                rejected("longer than a folder's name may be", "affiliate", "계열사".repeat(50), "KEY_TOO_LONG"),
                kept("longer than declared", "receipt_no", "R".repeat(1000)),
                kept("padded", "receipt_no", " R1\t"),
                kept("a mark among others", "receipt_no", "\u200fR1\u200b"),
                kept("composed", "receipt_no", "\u00e9"),
                kept("the same with a combining character", "receipt_no", "e\u0301"),
                kept("Hangul syllable", "receipt_no", "\ud55c"),
                kept("the same as letters", "receipt_no", "\u1112\u1161\u11ab"),
                kept("emoji", "receipt_no", "🧾👩‍👩‍👧"),
                kept("SQL", "receipt_no", "'; DROP TABLE purchase; --"),
                kept("quotes, backslash, line ends", "store_cd", "\"'`\\\\N\t\r\n${x}%s,|"),
                kept("the word null", "store_cd", "null"),
                kept("empty", "store_cd", ""),
                kept("missing", "store_cd", null),
                kept("unknown", "store_cd", "ZZZ"),
                kept("very long", "store_cd", "점포🏬".repeat(100_000)),
                kept("missing", "customer_id", null, UNKNOWN_CUSTOMER),
                kept("empty", "customer_id", "", UNKNOWN_CUSTOMER),
                kept("unknown", "customer_id", "99999", UNKNOWN_CUSTOMER),
                kept("padded", "customer_id", "00001 ", UNKNOWN_CUSTOMER),
                kept("zero-width space before it", "customer_id", "\u200b00001", UNKNOWN_CUSTOMER),
                kept("full-width digits", "customer_id", "０００01", UNKNOWN_CUSTOMER),
                kept("leading zeros lost", "customer_id", "1", UNKNOWN_CUSTOMER));
    }

    private static Stream<BadValue> dates() {
        String column = "purchase_date";
        return Stream.of(
                rejected("missing", column, null, NO_DATE),
                rejected("empty", column, "", NO_DATE),
                rejected("blank", column, "        ", NO_DATE),
                rejected("padded", column, " 20150203", NO_DATE),
                rejected("padded", column, "20150203\n", NO_DATE),
                rejected("zero-width space in it", column, "2015\u200b0203", NO_DATE),
                rejected("right-to-left mark after it", column, "20150203\u200f", NO_DATE),
                rejected("full-width digits", column, "２０１５０２０３", NO_DATE),
                rejected("Arabic digits", column, "٢٠١٥٠٢٠٣", NO_DATE),
                rejected("letters for digits", column, "2015O2O3", NO_DATE),
                rejected("another form", column, "2015-02-03", NO_DATE),
                rejected("another form", column, "15/02/03", NO_DATE),
                rejected("day before month", column, "31022015", NO_DATE),
                rejected("Korean form", column, "2015년2월3일", NO_DATE),
                rejected("Japanese era", column, "H2702 03", NO_DATE),
                rejected("month 13", column, "20151301", NO_DATE),
                rejected("month 00", column, "20150001", NO_DATE),
                rejected("day 00", column, "20150200", NO_DATE),
                rejected("day 30 of February", column, "20150230", NO_DATE),
                rejected("leap day of no leap year", column, "20150229", NO_DATE),
                rejected("leap day of a century that is none", column, "19000229", NO_DATE),
                kept("leap day of a century that is one", column, "20000229", column, "2000-02-29"),
                kept("leap day", column, "20160229", column, "2016-02-29"),
                rejected("year 0000", column, "00000203", NO_DATE),
                rejected("7 digits", column, "2015203", NO_DATE),
                rejected("9 digits: a year of 5", column, "201500203", NO_DATE),
                rejected("a sign", column, "+2015023", NO_DATE),
                rejected("a number", column, "2.0150e7", NO_DATE),
                rejected("seconds", column, "1422889200", NO_DATE),
                rejected("all zeros", column, "00000000", NO_DATE),
                rejected("day 31 of April", column, "20150431", NO_DATE),
                kept("the Dangun calendar's year: a real day of a late one", column, "43480203", column, "4348-02-03"),
                kept("the Buddhist calendar's year", column, "25580203", column, "2558-02-03"),
                kept("the first day of all", column, "00010101", column, "0001-01-01"),
                kept("the last day of all", column, "99991231", column, "9999-12-31"),
                kept("a day that Rome's calendar lacked", column, "15821010", column, "1582-10-10"),
                rejected("longer than declared", column, "20150203".repeat(1000), NO_DATE),
                rejected("emoji", column, "📅2015", NO_DATE));
    }

    private static Stream<BadValue> hours() {
        String column = "purchase_time";
        return Stream.of(
                kept("missing", column, null, NO_HOUR),
                kept("empty", column, "", NO_HOUR),
                kept("blank", column, "  ", NO_HOUR),
                kept("hour 24", column, "24", NO_HOUR),
                kept("negative", column, "-1", NO_HOUR),
                kept("padded", column, " 7", NO_HOUR),
                kept("padded", column, "7 ", NO_HOUR),
                kept("zero-width space after it", column, "7\u200b", NO_HOUR),
                kept("full-width digits", column, "０７", NO_HOUR),
                kept("one-digit minute", column, "7:5", NO_HOUR),
                kept("minute 60", column, "07:60", NO_HOUR),
                kept("seconds", column, "07:30:00", NO_HOUR),
                kept("a number", column, "7.0", NO_HOUR),
                kept("Korean form", column, "7시", NO_HOUR),
                kept("longer than declared", column, "0".repeat(10_000), NO_HOUR),
                kept("a clock", column, "07:30", "purchase_hour", "7"),
                kept("one digit", column, "7", "purchase_hour", "7"));
    }

    private static Stream<BadValue> amounts() {
        String column = "amount";
        return Stream.of(
                rejected("missing", column, null, "AMOUNT_MISSING"),
                rejected("not a number", column, "NaN", "AMOUNT_NOT_FINITE"),
                rejected("infinite", column, "Infinity", "AMOUNT_NOT_FINITE"),
                rejected("infinite", column, "-Infinity", "AMOUNT_NOT_FINITE"),
                rejected("near the largest double", column, "1e308", "AMOUNT_OUT_OF_RANGE"),
                rejected("near the smallest double", column, "-1e308", "AMOUNT_OUT_OF_RANGE"),
                rejected("one cent beyond decimal(15,2)", column, "10000000000000.00", "AMOUNT_OUT_OF_RANGE"),
                rejected("one cent beyond decimal(15,2)", column, "-10000000000000.00", "AMOUNT_OUT_OF_RANGE"),
                rejected("rounds to one cent beyond", column, "9999999999999.996", "AMOUNT_OUT_OF_RANGE"),
                kept("the largest", column, "9999999999999.99", column, "9999999999999.99"),
                kept("rounds to the largest", column, "9999999999999.994", column, "9999999999999.99"),
                kept("a return", column, "-4500", column, "-4500.00"),
                kept("zero", column, "0", column, "0.00"),
                kept("negative zero", column, "-0.0", column, "0.00"),
                kept("half a cent", column, "0.005", column, "0.01"),
                kept("half a cent, though its double is smaller", column, "0.015", column, "0.02"),
                kept("half a cent, though its double is smaller", column, "1.005", column, "1.01"),
                kept("minus half a cent", column, "-0.005", column, "-0.01"),
                kept("less than half a cent", column, "1e-10", column, "0.00"),
                kept("the smallest double", column, "4.9e-324", column, "0.00"),
                kept("0.1 + 0.2", column, "0.30000000000000004", column, "0.30"));
    }

    private static Stream<BadValue> places() {
        return Stream.of(
                kept("missing", RESIDENCE, null, UNKNOWN_PLACE),
                kept("empty", RESIDENCE, "", UNKNOWN_PLACE),
                kept("unknown", RESIDENCE, "999", UNKNOWN_PLACE),
                kept("padded", RESIDENCE, "010 ", UNKNOWN_PLACE),
                kept("full-width digits", RESIDENCE, "０１０", UNKNOWN_PLACE),
                kept("a whole postal code", RESIDENCE, "01000", UNKNOWN_PLACE));
    }
}
