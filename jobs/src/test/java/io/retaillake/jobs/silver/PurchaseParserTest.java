package io.retaillake.jobs.silver;

import static io.retaillake.jobs.silver.BronzeRows.PURCHASE;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.jobs.Cells;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurchaseParserTest {

    private static final Column REASONS = col(PurchaseParser.REASONS);

    @TempDir
    private static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void openSession() {
        spark = LocalLakes.open(folder).spark();
    }

    @Test
    void readsEightDigitsThatAreADayOfTheCalendar() {
        assertThat(dates(
                        "20150103", "20140101", "20151231", "20160229", "20000229", "24000229", "00010101", "99991231"))
                .containsExactly(
                        "2015-01-03",
                        "2014-01-01",
                        "2015-12-31",
                        "2016-02-29",
                        "2000-02-29",
                        "2400-02-29",
                        "0001-01-01",
                        "9999-12-31");
    }

    @Test
    void findsNoDateInDaysThatTheCalendarLacks() {
        assertThat(dates(
                        "20150229",
                        "19000229",
                        "21000229",
                        "20150431",
                        "20150132",
                        "20150100",
                        "20150001",
                        "20151301",
                        "00000101",
                        "00000000",
                        "99999999"))
                .containsOnlyNulls();
    }

    @Test
    void findsNoDateInOtherTexts() {
        assertThat(dates(
                        null,
                        "",
                        " ",
                        "2015-1-3",
                        "2015-01-03",
                        "2015013",
                        "201501031",
                        "20150103 ",
                        " 20150103",
                        "2015010 ",
                        "20150103\n",
                        "20150103\u200b",
                        "+2015010",
                        "-2015010",
                        "+0150103",
                        "2015010.",
                        "0150103.",
                        "2015.010",
                        "0x201501",
                        "2.0150e7",
                        "2015O1O3",
                        "２０１５０１０３",
                        "２01501",
                        "٢٠١٥٠١٠٣"))
                .containsOnlyNulls();
    }

    @Test
    void readsHoursWithOneOrTwoDigitsOrAsAClock() {
        assertThat(hours("0", "7", "9", "00", "07", "10", "19", "20", "23", "00:00", "07:30", "19:59", "23:59"))
                .containsExactly(0, 7, 9, 0, 7, 10, 19, 20, 23, 0, 7, 19, 23);
    }

    @Test
    void hasNoHourForOtherTextsAndKeepsTheRow() {
        String[] texts = {
            null, "", " ", "24", "25", "99", "-1", "+1", "7 ", " 7", "007", "1.", ".1", "1a", "ab", "7:30", "24:00",
            "25:00", "07:60", "07:3", "07-30", "0730", "07:3a", "７", "０７", "٧", "7\u200b"
        };

        assertThat(hours(texts)).containsOnlyNulls().hasSize(texts.length);
        assertThat(evaluate("purchase_time", col(PurchaseParser.VALID), (Object[]) texts))
                .containsOnly(true);
    }

    @Test
    void readsAmountsAsHundredthsOfAWonWhateverTheirSign() {
        assertThat(evaluate(
                        "amount",
                        col(PurchaseParser.CENTS),
                        12900.0,
                        -4500.0,
                        0.0,
                        -0.0,
                        1234.56,
                        1234.565,
                        -1234.565,
                        0.004,
                        9999999999999.99,
                        -9999999999999.99))
                .containsExactly(
                        1290000L,
                        -450000L,
                        0L,
                        0L,
                        123456L,
                        123457L,
                        -123457L,
                        0L,
                        999999999999999L,
                        -999999999999999L);
    }

    @Test
    void tellsWhatIsWrongWithAnAmount() {
        assertThat(reasons(
                        "amount",
                        null,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        1e13,
                        9999999999999.996,
                        -1e14,
                        1e308,
                        -Double.MAX_VALUE))
                .containsExactly(
                        "AMOUNT_MISSING",
                        "AMOUNT_NOT_FINITE",
                        "AMOUNT_NOT_FINITE",
                        "AMOUNT_NOT_FINITE",
                        "AMOUNT_OUT_OF_RANGE",
                        "AMOUNT_OUT_OF_RANGE",
                        "AMOUNT_OUT_OF_RANGE",
                        "AMOUNT_OUT_OF_RANGE",
                        "AMOUNT_OUT_OF_RANGE");
    }

    @Test
    void callsAKeyColumnMissingThatShowsNothing() {
        Object[] invisible = {
            null,
            "",
            " ",
            "   ",
            "\t",
            "\n",
            "\r\n",
            "\u00a0",
            "\u1680",
            "\u2003",
            "\u2028",
            "\u202f",
            "\u205f",
            "\u3000",
            "\u200b",
            "\u200c",
            "\u200d",
            "\u2060",
            "\ufeff",
            " \u3000\u200b\ufeff\u00a0\t"
        };

        for (String column : PurchaseParser.KEY) {
            assertThat(reasons(column, invisible)).as(column).containsOnly("KEY_MISSING");
        }
    }

    @Test
    void acceptsKeysOfAnyScriptAndAround() {
        assertThat(reasons(
                        "receipt_no", " R1", "R1 ", "\u3000R", "영수증", "１", "\u200bR\u200b", "!", "~", "0", "é", "😀"))
                .containsOnly("");
    }

    @Test
    void listsAllReasonsInAFixedOrder() {
        List<Cells> rows = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String receipt : new String[] {"R1", " "}) {
            for (String date : new String[] {"20150103", "20150229"}) {
                for (Double amount : new Double[] {1.0, null, Double.NaN, 1e14}) {
                    rows.add(PURCHASE.with("receipt_no", receipt)
                            .with("purchase_date", date)
                            .with("amount", amount));
                    List<String> reasons = new ArrayList<>();
                    if (receipt.isBlank()) {
                        reasons.add("KEY_MISSING");
                    }
                    if (date.endsWith("0229")) {
                        reasons.add("DATE_INVALID");
                    }
                    if (amount == null) {
                        reasons.add("AMOUNT_MISSING");
                    } else if (amount.isNaN()) {
                        reasons.add("AMOUNT_NOT_FINITE");
                    } else if (amount > 1) {
                        reasons.add("AMOUNT_OUT_OF_RANGE");
                    }
                    expected.add(String.join(" ", reasons));
                }
            }
        }

        List<Row> parsed = parse(rows, REASONS, col(PurchaseParser.VALID));

        assertThat(parsed)
                .extracting(row -> String.join(" ", row.<String>getList(0)))
                .isEqualTo(expected);
        assertThat(parsed)
                .extracting(row -> row.getBoolean(1))
                .isEqualTo(expected.stream().map(String::isEmpty).toList());
    }

    @Test
    void keepsEveryRawColumnOfARejectAsText() {
        Cells reject = PURCHASE.with("receipt_no", "\u3000")
                .with("customer_id", " 1 ")
                .with("store_cd", null)
                .with("purchase_date", "2015-1-3")
                .with("purchase_time", "7 ")
                .with("amount", Double.NEGATIVE_INFINITY)
                .with("source_month", "none");

        List<Row> rejects = PurchaseRejects.ofInvalid(
                        parse(Cells.frame(spark, BronzeTables.PURCHASE, PURCHASE, reject)), "r1", 7L)
                .withColumn("reasons", array_join(col("reasons"), " "))
                .collectAsList();

        assertThat(rejects)
                .extracting(row -> row.mkString("|"))
                .containsExactly("B|\u3000|1|119|B1191001| 1 |null|2015-1-3|7 |-Infinity|"
                        + "KEY_MISSING DATE_INVALID AMOUNT_NOT_FINITE|r1|7|none");
    }

    private static List<String> dates(String... texts) {
        return evaluate("purchase_date", col(PurchaseParser.DATE).cast("string"), (Object[]) texts).stream()
                .map(String.class::cast)
                .toList();
    }

    private static List<Object> hours(String... texts) {
        return evaluate("purchase_time", col(PurchaseParser.HOUR), (Object[]) texts);
    }

    private static List<String> reasons(String column, Object... values) {
        return evaluate(column, array_join(REASONS, " "), values).stream()
                .map(String.class::cast)
                .toList();
    }

    /** The result for a usual row with each of {@code values} in {@code column}, in their order. */
    private static List<Object> evaluate(String column, Column result, Object... values) {
        List<Cells> rows =
                Arrays.stream(values).map(value -> PURCHASE.with(column, value)).toList();
        List<Object> results = new ArrayList<>();
        parse(rows, result).forEach(row -> results.add(row.get(0)));
        return results;
    }

    private static List<Row> parse(List<Cells> rows, Column... results) {
        return parse(Cells.frame(spark, BronzeTables.PURCHASE, 1, rows))
                .select(results)
                .collectAsList();
    }

    private static Dataset<Row> parse(Dataset<Row> bronze) {
        return PurchaseParser.parse(spark, PurchaseParser.rows(bronze));
    }
}
