package io.retaillake.common.accesslog;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times like {@code 2023-03-20 10:05:07.123456}, of the years 2000 to 2099, as 18 digits: {@code 230320100507123456}. */
final class InDates {

    private static final String CENTURY = "20";
    private static final Pattern TIME =
            Pattern.compile("20(\\d{2})-(\\d{2})-(\\d{2}) ([01]\\d|2[0-3]):([0-5]\\d):([0-5]\\d)\\.(\\d{6})");
    private static final Pattern DIGITS =
            Pattern.compile("(\\d{2})(\\d{2})(\\d{2})([01]\\d|2[0-3])([0-5]\\d)([0-5]\\d)(\\d{6})");

    private InDates() {}

    /** The 18 digits; none for what is written in another way, or is no day. */
    static Optional<String> encode(String time) {
        Matcher parts = TIME.matcher(time);
        return isTime(parts) ? Optional.of(parts.replaceFirst("$1$2$3$4$5$6$7")) : Optional.empty();
    }

    /** The time; none if {@code encoded} is no such 18 digits. */
    static Optional<String> decode(String encoded) {
        Matcher parts = DIGITS.matcher(encoded);
        return isTime(parts) ? Optional.of(CENTURY + parts.replaceFirst("$1-$2-$3 $4:$5:$6.$7")) : Optional.empty();
    }

    private static boolean isTime(Matcher parts) {
        if (!parts.matches()) {
            return false;
        }
        try {
            LocalDate.of(
                    Integer.parseInt(CENTURY + parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
