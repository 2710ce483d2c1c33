package io.retaillake.generator;

import static io.retaillake.generator.TestDatabase.number;
import static io.retaillake.generator.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clean data looks like a retail group's. */
class GeneratedDataTest {

    @BeforeAll
    static void fillSchema() throws SQLException {
        TestDatabase.fill("lifelike", new GeneratorOptions(42, 0.004, 0), 1);
    }

    @Test
    void putsSeveralCitiesUnderOneShortZipcode() throws SQLException {
        assertThat(number("SELECT count(*) FROM (SELECT FROM lifelike.zipcode GROUP BY short_zipcode"
                        + " HAVING count(*) > 1) shared"))
                .isGreaterThan(30);
        assertThat(number("SELECT count(DISTINCT (short_zipcode, city_county)) FROM lifelike.zipcode"))
                .isEqualTo(473);
        assertThat(number("SELECT count(DISTINCT province_city) FROM lifelike.zipcode"))
                .isEqualTo(17);
        assertThat(number("SELECT count(*) FROM lifelike.zipcode WHERE left(zipcode, 3) <> short_zipcode"))
                .isZero();
    }

    @Test
    void sharesCustomerStoreAndTimeAmongTheLinesOfAReceipt() throws SQLException {
        assertThat(number("SELECT count(*) FROM (SELECT FROM lifelike.purchase GROUP BY receipt_no HAVING count("
                        + "DISTINCT (affiliate, customer_id, store_cd, purchase_date, purchase_time)) > 1) broken"))
                .isZero();
        assertThat(number("SELECT count(*)::numeric / count(DISTINCT receipt_no) FROM lifelike.purchase"))
                .isBetween(2.5, 3.5);
    }

    @Test
    void givesAffiliatesUnequalShares() throws SQLException {
        assertThat(text("SELECT string_agg(affiliate, '' ORDER BY rows DESC) FROM"
                        + " (SELECT affiliate, count(*) AS rows FROM lifelike.purchase GROUP BY affiliate) a"))
                .isEqualTo("BCAD");
    }

    @Test
    void letsFewCustomersAndProductsMakeMostPurchases() throws SQLException {
        assertThat(number("SELECT sum(n) FILTER (WHERE rank <= 1938) / sum(n) FROM (SELECT count(*) AS n,"
                        + " row_number() OVER (ORDER BY count(*) DESC) AS rank FROM lifelike.purchase"
                        + " WHERE customer_id IS NOT NULL GROUP BY customer_id) c"))
                .isGreaterThan(0.3);
        assertThat(number("SELECT sum(n) FILTER (WHERE rank <= 438) / sum(n) FROM (SELECT count(*) AS n,"
                        + " row_number() OVER (ORDER BY count(*) DESC) AS rank FROM lifelike.purchase"
                        + " GROUP BY affiliate, sub_category_cd) p"))
                .isGreaterThan(0.5);
    }

    @Test
    void sellsMoreAtWeekendsAndInDecember() throws SQLException {
        assertThat(number("SELECT count(*) FILTER (WHERE extract(isodow FROM purchase_date::date) >= 6) / 2.0"
                        + " / (count(*) FILTER (WHERE extract(isodow FROM purchase_date::date) <= 4) / 4.0)"
                        + " FROM lifelike.purchase"))
                .isGreaterThan(1.3);
        assertThat(number("SELECT count(*) FILTER (WHERE purchase_date LIKE '____12__') * 11.0"
                        + " / count(*) FILTER (WHERE purchase_date NOT LIKE '____12__') FROM lifelike.purchase"))
                .isGreaterThan(1.25);
    }

    @Test
    void spansTwoYearsOfOpeningHours() throws SQLException {
        assertThat(text("SELECT min(purchase_date) || max(purchase_date) || min(purchase_time) || max(purchase_time)"
                        + " FROM lifelike.purchase"))
                .isEqualTo("20140101" + "20151231" + "09" + "23");
    }

    @Test
    void hasReturnsAnonymousReceiptsAndFractions() throws SQLException {
        assertThat(number("SELECT avg((amount < 0)::int) FROM lifelike.purchase"))
                .isBetween(0.001, 0.02);
        assertThat(number("SELECT avg((customer_id IS NULL)::int) FROM lifelike.purchase"))
                .isBetween(0.03, 0.06);
        assertThat(number("SELECT avg((amount <> trunc(amount))::int) FROM lifelike.purchase"))
                .isBetween(0.01, 0.03);
    }

    @Test
    void knowsEveryProductAndSomeResidencesNot() throws SQLException {
        assertThat(number("SELECT count(*) FROM lifelike.purchase LEFT JOIN lifelike.products_info p"
                        + " USING (affiliate, division_cd, main_category_cd, sub_category_cd)"
                        + " WHERE p.affiliate IS NULL"))
                .isZero();
        assertThat(number("SELECT avg((residence IS NULL)::int) FROM lifelike.customer"))
                .isBetween(0.02, 0.04);
        assertThat(number("SELECT avg((residence NOT IN (SELECT short_zipcode FROM lifelike.zipcode))::int)"
                        + " FROM lifelike.customer"))
                .isBetween(0.01, 0.03);
    }

    @Test
    void laysRowsDownRoughlyByDate() throws SQLException {
        assertThat(number("SELECT corr((ctid::text::point)[0], purchase_date::date - date '2014-01-01')"
                        + " FROM lifelike.purchase"))
                .isGreaterThan(0.95);
    }
}
