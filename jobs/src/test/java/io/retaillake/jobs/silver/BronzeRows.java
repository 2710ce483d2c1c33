package io.retaillake.jobs.silver;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.jobs.Cells;

/** Usual rows of bronze: one purchase line of a known customer and product. */
final class BronzeRows {

    static final Cells PURCHASE = Cells.purchase("R1", "20150103", 12900.0);

    static final Cells CUSTOMER = Cells.of(BronzeTables.CUSTOMER, "00001", "F", "30세~34세", "010");

    static final Cells PRODUCT = Cells.of(BronzeTables.PRODUCTS_INFO, "B", "1", "119", "B1191001", "과일", "사과");

    static final Cells ZIPCODE = Cells.of(
            BronzeTables.ZIPCODE, "01000", "서울특별시", "Seoul", "강북구", "Gangbuk-gu", null, null, null, null, "010");

    private BronzeRows() {}
}
