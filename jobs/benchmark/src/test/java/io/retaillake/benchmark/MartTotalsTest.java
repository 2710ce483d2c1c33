package io.retaillake.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MartTotalsTest {

    private static final MartTotals OURS = totals("sales_by_datetime,A,10,100.50,20,5,\npurchase_rejects,,3,,,,\n");

    private static MartTotals totals(String lines) {
        return MartTotals.ofCsv(MartTotals.HEADER + "\n" + lines);
    }

    @Test
    void agreesWhereOnlyTheNumberOfDecimalsDiffers() {
        MartTotals same = totals("sales_by_datetime,A,10,100.5,20,5,\npurchase_rejects,,3,,,,\n");
        assertThat(OURS.differences("ours", same, "DuckDB", true)).isEmpty();
    }

    @Test
    void namesTheTableThatDiffersWithBothFigures() {
        MartTotals other = totals("sales_by_datetime,A,10,100.51,20,5,\npurchase_rejects,,3,,,,\n");
        assertThat(OURS.differences("ours", other, "DuckDB", true))
                .singleElement()
                .asString()
                .contains("sales_by_datetime A", "100.50", "100.51");
    }

    @Test
    void missesATableThatOnlyOneHas() {
        MartTotals other = totals("sales_by_datetime,A,10,100.50,20,5,\n");
        assertThat(OURS.differences("ours", other, "DuckDB", true))
                .singleElement()
                .asString()
                .contains("purchase_rejects");
    }

    @Test
    void letsSumsOfDoublesDifferByTheirRoundingAndComparesOnlyWhatWasCounted() {
        MartTotals old = totals("sales_by_datetime,A,10,100.52,20,,\n");
        assertThat(OURS.differences("ours", old, "the old way", false)).isEmpty();
        MartTotals wrong = totals("sales_by_datetime,A,10,100.61,20,,\n");
        assertThat(OURS.differences("ours", wrong, "the old way", false)).hasSize(1);
        MartTotals fewer = totals("sales_by_datetime,A,10,100.50,19,,\n");
        assertThat(OURS.differences("ours", fewer, "the old way", false)).hasSize(1);
    }

    @Test
    void knowsHowManyPurchasesWereRejected() {
        assertThat(OURS.rejects()).isEqualTo(3);
    }
}
