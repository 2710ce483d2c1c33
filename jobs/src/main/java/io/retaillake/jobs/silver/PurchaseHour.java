package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** Reads the source's hours: {@code H}, {@code HH} or {@code HH:mm} in ASCII digits. */
final class PurchaseHour {

    private static final int CLOCK_LENGTH_BYTES = 5;

    private PurchaseHour() {}

    /** The hour, 0 to 23; null where {@code text} is none. */
    static Column of(Column text) {
        Column length = octet_length(text);
        // Among texts of one length, these ranges hold digits only.
        return when(length.equalTo(1).and(text.between("0", "9")), text.cast(DataTypes.IntegerType))
                .when(
                        length.equalTo(2)
                                .and(text.between("00", "09")
                                        .or(text.between("10", "19"))
                                        .or(text.between("20", "23"))),
                        text.cast(DataTypes.IntegerType))
                .when(
                        length.equalTo(CLOCK_LENGTH_BYTES).and(text.rlike("^([01][0-9]|2[0-3]):[0-5][0-9]$")),
                        substring(text, 1, 2).cast(DataTypes.IntegerType));
    }
}
