package io.retaillake.source;

import static io.retaillake.source.TestDatabase.number;
import static io.retaillake.source.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** The sample rows fit the source's columns and hold what they promise. */
class SampleRowsTest {

    @BeforeAll
    static void loadSamples() throws SQLException, IOException {
        try (Connection connection = TestDatabase.SERVER.connect()) {
            SourceSchema.createTables(connection, "sample");
            for (SourceTable table : SourceTable.values()) {
                String extra = table == SourceTable.PURCHASE ? "ADD expected text, ADD note text" : "ADD note text";
                TestDatabase.execute("ALTER TABLE " + table.in("sample") + " " + extra);
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "COPY " + table.in("sample") + " FROM STDIN WITH (FORMAT csv, HEADER match)",
                                new StringReader(SqlScript.text("sample/" + table.tableName() + ".csv")));
            }
        }
    }

    @Test
    void expectsEveryReasonOfRejection() throws SQLException {
        assertThat(text("SELECT string_agg(DISTINCT reason, ' ' ORDER BY reason)"
                        + " FROM sample.purchase, regexp_split_to_table(expected, ' ') reason"))
                .isEqualTo("AMOUNT_MISSING AMOUNT_NOT_FINITE AMOUNT_OUT_OF_RANGE DATE_INVALID DUPLICATE_KEY"
                        + " KEY_MISSING kept");
    }

    @Test
    void keepsExactlyOneRowOfEachKeyThatIsThereTwice() throws SQLException {
        assertThat(number("SELECT count(*) FROM (SELECT count(*) FILTER (WHERE expected = 'kept') AS kept"
                        + " FROM sample.purchase GROUP BY affiliate, receipt_no, division_cd, main_category_cd,"
                        + " sub_category_cd HAVING count(*) > 1) k WHERE kept <> 1"))
                .isZero();
        assertThat(number("SELECT count(*) FROM sample.purchase WHERE expected = 'DUPLICATE_KEY'"))
                .isGreaterThan(3);
    }

    @Test
    void tellsNullFromEmptyText() throws SQLException {
        assertThat(text("SELECT string_agg(note, ', ' ORDER BY note) FROM sample.purchase"
                        + " WHERE purchase_date IS NULL OR purchase_date = ''"))
                .isEqualTo("empty, null");
    }

    @Test
    void putsTwoCitiesUnderOneShortZipcode() throws SQLException {
        assertThat(number("SELECT count(*) FROM sample.zipcode WHERE short_zipcode = '131'"))
                .isEqualTo(2);
    }
}
