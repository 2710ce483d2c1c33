package io.retaillake.common.accesslog;

import java.time.YearMonth;
import java.util.Optional;

/** Times like {@code 2023-03-20 10:05:07.123456}, of the years 2000 to 2099, as 18 digits: {@code 230320100507123456}. */
final class InDates {

    private static final String CENTURY = "20";
    private static final int CENTURY_YEAR = 2000;

    /** The years' first two digits and what stands between the digits are the same in each; {@code 0} is a digit. */
    private static final String PATTERN = "2000-00-00 00:00:00.000000";

    private static final int DIGITS = 18;

    private InDates() {}

    /** The 18 digits; none for what is written in another way, or is no day. */
    static Optional<String> encode(String time) {
        if (time.length() != PATTERN.length() || !time.startsWith(CENTURY)) {
            return Optional.empty();
        }
        StringBuilder digits = new StringBuilder(DIGITS);
        for (int i = CENTURY.length(); i < PATTERN.length(); i++) {
            char c = time.charAt(i);
            if (PATTERN.charAt(i) == '0') {
                digits.append(c);
            } else if (PATTERN.charAt(i) != c) {
                return Optional.empty();
            }
        }
        return Optional.of(digits.toString()).filter(InDates::isTime);
    }

    /** The time; none if {@code encoded} is no such 18 digits. */
    static Optional<String> decode(String encoded) {
        if (!isTime(encoded)) {
            return Optional.empty();
        }
        StringBuilder time = new StringBuilder(PATTERN.length()).append(CENTURY);
        int digit = 0;
        for (int i = CENTURY.length(); i < PATTERN.length(); i++) {
            time.append(PATTERN.charAt(i) == '0' ? encoded.charAt(digit++) : PATTERN.charAt(i));
        }
        return Optional.of(time.toString());
    }

    private static boolean isTime(String digits) {
        if (digits.length() != DIGITS) {
            return false;
        }
        for (int i = 0; i < DIGITS; i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        int month = two(digits, 2);
        int day = two(digits, 4);
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(CENTURY_YEAR + two(digits, 0), month).lengthOfMonth()
                && two(digits, 6) < 24
                && two(digits, 8) < 60
                && two(digits, 10) < 60;
    }

    private static int two(String digits, int from) {
        return 10 * (digits.charAt(from) - '0') + digits.charAt(from + 1) - '0';
    }
}
