package io.retaillake.generator;

/** One purchase in raw text as it goes into the database, open to being spoilt by a {@link Defect}; null is SQL's null. */
final class PurchaseRow {

    String affiliate;
    String receiptNo;
    String division;
    String mainCategory;
    String subCategory;
    String customerId;
    String store;
    String date;
    String hour;
    String amount;

    void write(CopyText out) {
        out.text(affiliate)
                .text(receiptNo)
                .text(division)
                .text(mainCategory)
                .text(subCategory)
                .text(customerId)
                .text(store)
                .text(date)
                .text(hour)
                .text(amount)
                .endRow();
    }
}
