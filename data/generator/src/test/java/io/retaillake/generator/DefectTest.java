package io.retaillake.generator;

import static io.retaillake.generator.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefectTest {

    @BeforeAll
    static void fillSchema() throws SQLException {
        TestDatabase.fill("defects", new GeneratorOptions(3, 0.002, 0.02), 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "affiliate ~ '^\\s*$'",
                "receipt_no ~ '^\\s*$'",
                "division_cd = ''",
                "main_category_cd = '   '",
                "sub_category_cd = U&'\\200B'",
                "purchase_date IS NULL",
                "purchase_date = ''",
                "purchase_date = '20150229'",
                "purchase_date = '20150231'",
                "purchase_date = '2015-1-3'",
                "purchase_date = '２０１５０１０３'",
                "purchase_date = '99999999'",
                "amount IS NULL",
                "amount = 'NaN'",
                "amount = 'Infinity'",
                "amount = '-Infinity'",
                "amount = 1e14",
                "amount = 1e308",
                "amount = 0",
                "amount < 0 AND amount > -1e13",
                "purchase_time IS NULL",
                "purchase_time = '24'",
                "purchase_time = '-1'",
                "purchase_time = '7'",
                "purchase_time = '07'",
                "purchase_time = '07:30'",
                "purchase_time = 'ab'",
                "customer_id IS NULL",
                "sub_category_cd NOT IN (SELECT sub_category_cd FROM defects.products_info)"
            })
    void isPresentAmongTheDirtyRows(String condition) throws SQLException {
        // Receipts above the clean rows' numbers are the dirty ones; a blank receipt number is one itself.
        assertThat(number("SELECT count(*) FROM defects.purchase WHERE (receipt_no > '00057186' OR receipt_no !~ '\\d')"
                        + " AND " + condition))
                .isPositive();
    }

    @Test
    void leavesTheCleanRowsAsTheyAreWithoutDirtyOnes() throws SQLException {
        TestDatabase.fill("undirtied", new GeneratorOptions(3, 0.002, 0), 2);

        assertThat(number("SELECT count(*) FROM (TABLE undirtied.purchase EXCEPT TABLE defects.purchase) lost"))
                .isZero();
    }

    @Test
    void comesInEveryKind() {
        assertThat(Defect.ALL).extracting(Defect::kind).contains(Defect.Kind.values());
    }
}
