package io.retaillake.jobs.ops.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.crizin.KoreanRomanizer;

/** Names in Korean, for those who don't read it, as the Revised Romanization writes them. */
final class LatinNames {

    private static final Pattern HANGUL = Pattern.compile("\\p{IsHangul}");

    private LatinNames() {}

    /** One row for each name that has Hangul. */
    static ReportSection of(Stream<Object> names) {
        return ReportSection.of(
                List.of("name", "latin"),
                names.filter(name -> name instanceof String text
                                && HANGUL.matcher(text).find())
                        .distinct()
                        .map(name -> List.of(name, KoreanRomanizer.romanize((String) name))));
    }
}
