package io.retaillake.common.accesslog;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hour in which a record is stored: that of its {@code inDate}, as written there, whatever its zone.
 *
 * @param start its first moment
 */
public record LogHour(LocalDateTime start) implements Comparable<LogHour> {

    /** {@code 2023-03-20 10:05[:07[.123456]]}, with a T as well, and with a zone, which is not looked at. */
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4})-(\\d{2})-(\\d{2})[ T](\\d{2}):([0-5]\\d)(?::[0-5]\\d(?:[.,]\\d{1,9})?)?(?: ?(?:Z|[+-]\\d{2}(?::?\\d{2})?))?",
            Pattern.DOTALL);

    private static final int LONGEST = 64;

    private static final Pattern FOLDER = Pattern.compile("year=(\\d{4})/month=(\\d{2})/day=(\\d{2})/hour=(\\d{2})");

    /** That of a text; none if it names no time. */
    public static Optional<LogHour> of(String inDate) {
        return inDate.length() > LONGEST ? Optional.empty() : hour(TIME.matcher(inDate));
    }

    /** That of a {@link #folder()}; none if it is something else. */
    public static Optional<LogHour> ofFolder(String folder) {
        return hour(FOLDER.matcher(folder));
    }

    private static Optional<LogHour> hour(Matcher parts) {
        if (!parts.matches() || parts.group(1).equals("0000")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LogHour(LocalDateTime.of(
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)),
                    Integer.parseInt(parts.group(4)),
                    0)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code year=2026/month=11/day=29/hour=13}. */
    public String folder() {
        return String.format(
                Locale.ROOT,
                "year=%04d/month=%02d/day=%02d/hour=%02d",
                start.getYear(),
                start.getMonthValue(),
                start.getDayOfMonth(),
                start.getHour());
    }

    @Override
    public int compareTo(LogHour other) {
        return start.compareTo(other.start);
    }
}
