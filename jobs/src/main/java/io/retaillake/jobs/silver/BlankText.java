package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trim;

import org.apache.spark.sql.Column;

/** Tells texts that show something from those that show nothing: white space of any script and zero-width characters. */
final class BlankText {

    private static final String FIRST_VISIBLE_ASCII = "!";
    private static final String AFTER_VISIBLE_ASCII = "\u007f";

    /** Unicode's white space, then the zero-width space, non-joiner, joiner, word joiner and no-break space. */
    private static final String INVISIBLE = "\t\n\u000b\f\r \u0085\u00a0\u1680"
            + "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
            + "\u200b\u200c\u200d\u2060\ufeff";

    private BlankText() {}

    /** Whether {@code text} is null, empty, or only invisible characters; never null. */
    static Column isMissing(Column text) {
        // Nearly every code begins with a visible ASCII character, and two comparisons tell that.
        Column beginsVisible = text.geq(FIRST_VISIBLE_ASCII).and(text.lt(AFTER_VISIBLE_ASCII));
        return text.isNull().or(not(beginsVisible).and(trim(text, INVISIBLE).equalTo("")));
    }
}
