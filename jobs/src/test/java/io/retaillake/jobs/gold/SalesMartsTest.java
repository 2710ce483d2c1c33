package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.GoldTables.SALES_BY_AGE_PRODUCT;
import static io.retaillake.common.contract.GoldTables.SALES_BY_CUSTOMER;
import static io.retaillake.common.contract.GoldTables.SALES_BY_DATETIME;
import static io.retaillake.common.contract.GoldTables.SALES_BY_PRODUCT;
import static io.retaillake.common.contract.GoldTables.SALES_BY_RESIDENCE;
import static io.retaillake.jobs.gold.SilverRows.date;
import static io.retaillake.jobs.gold.SilverRows.won;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.Frames;
import java.nio.file.Path;
import java.sql.Date;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The marts of {@link SilverRows#LINES}, whatever the parallelism. */
class SalesMartsTest {

    private static final Date JANUARY = date("2015-01-01");
    private static final Date FEBRUARY = date("2015-02-01");
    private static final List<Object> DRESS = List.of("1", "101", "A1011001", "여성의류", "원피스");
    private static final List<Object> BLOUSE = List.of("1", "101", "A1011002", "여성의류", "블라우스");
    private static final List<Object> APPLE = List.of("1", "119", "B1191001", "과일", "사과");
    private static final Object[] UNKNOWN = {"9", "999", "A9999999", null, null};

    @TempDir
    private static Path folder;

    private static Lake lake;

    @BeforeAll
    static void openLake() {
        lake = LocalLakes.open(folder);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void addsUpDaysAndHoursFromMondayOne(int partitions) {
        assertRows(
                SALES_BY_DATETIME,
                partitions,
                row("A", date("2015-01-03"), 6, 10, won("150.50"), 2L, 1L),
                row("A", date("2015-01-03"), 6, null, won("30.00"), 1L, 1L),
                row("B", date("2015-01-03"), 6, 10, won("10.00"), 1L, 1L),
                row("A", date("2015-01-05"), 1, 10, won("-20.25"), 1L, 1L),
                row("A", date("2015-01-31"), 6, 23, won("1.00"), 1L, 1L),
                row("A", date("2015-02-01"), 7, 0, won("7.00"), 2L, 2L));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void addsUpProductsTheUnknownToo(int partitions) {
        assertRows(
                SALES_BY_PRODUCT,
                partitions,
                row("A", JANUARY, DRESS, won("110.75"), 4L),
                row("A", JANUARY, BLOUSE, won("50.50"), 1L),
                row("B", JANUARY, APPLE, won("10.00"), 1L),
                row("A", FEBRUARY, BLOUSE, won("2.00"), 1L),
                row("A", FEBRUARY, UNKNOWN, won("5.00"), 1L));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void addsUpProductsByAgeTheUnknownToo(int partitions) {
        assertRows(
                SALES_BY_AGE_PRODUCT,
                partitions,
                row("A", JANUARY, DRESS, "30세~34세", won("101.00"), 2L),
                row("A", JANUARY, DRESS, "60세이상", won("-20.25"), 1L),
                row("A", JANUARY, DRESS, null, won("30.00"), 1L),
                row("A", JANUARY, BLOUSE, "30세~34세", won("50.50"), 1L),
                row("B", JANUARY, APPLE, "30세~34세", won("10.00"), 1L),
                row("A", FEBRUARY, BLOUSE, "30세~34세", won("2.00"), 1L),
                row("A", FEBRUARY, UNKNOWN, null, won("5.00"), 1L));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void addsUpPlacesTheUnknownToo(int partitions) {
        assertRows(
                SALES_BY_RESIDENCE,
                partitions,
                row("A", JANUARY, "서울특별시", "강북구", won("151.50"), 3L),
                row("A", JANUARY, "세종특별자치시", null, won("-20.25"), 1L),
                row("A", JANUARY, null, null, won("30.00"), 1L),
                row("B", JANUARY, "서울특별시", "강북구", won("10.00"), 1L),
                row("A", FEBRUARY, "서울특별시", "강북구", won("2.00"), 1L),
                row("A", FEBRUARY, null, null, won("5.00"), 1L));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void addsUpCustomersAndAllBuyersWithoutAMembershipTogether(int partitions) {
        List<String> attributes = List.of("F", "30세~34세", "010", "서울특별시", "Seoul", "강북구", "Gangbuk-gu");
        Object[] none = new Object[7];

        assertRows(
                SALES_BY_CUSTOMER,
                partitions,
                row("C1", "A", JANUARY, attributes, won("151.50"), 3L, 2L),
                row("C1", "B", JANUARY, attributes, won("10.00"), 1L, 1L),
                row("C1", "A", FEBRUARY, attributes, won("2.00"), 1L, 1L),
                row(
                        "C2",
                        "A",
                        JANUARY,
                        new Object[] {"M", "60세이상", "300", "세종특별자치시", "Sejong", null, null},
                        won("-20.25"),
                        1L,
                        1L),
                row("X9", "A", FEBRUARY, none, won("5.00"), 1L, 1L),
                row(null, "A", JANUARY, none, won("30.00"), 1L, 1L));
    }

    private static void assertRows(TableContract mart, int partitions, Object[]... expected) {
        Dataset<Row> purchases = Cells.frame(lake.spark(), SilverTables.PURCHASES, partitions, SilverRows.LINES);
        Cells[] rows = Stream.of(expected).map(cells -> Cells.of(mart, cells)).toArray(Cells[]::new);
        for (Purchases read : List.of(new PurchaseRows(purchases), SilverColumns.of(lake, purchases))) {
            Frames.assertSameRows(Cells.frame(lake.spark(), mart, rows), SilverColumns.sales(lake, mart, read));
        }
    }

    /** The cells of a row, of which lists and arrays are several. */
    private static Object[] row(Object... cells) {
        return Stream.of(cells)
                .flatMap(cell -> cell instanceof List<?> list
                        ? list.stream()
                        : cell instanceof Object[] array ? Stream.of(array) : Stream.of(new Object[] {cell}))
                .toArray();
    }
}
