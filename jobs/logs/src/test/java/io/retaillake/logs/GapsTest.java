package io.retaillake.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GapsTest {

    private static final long FAR = 999_999_999_999_999_999L;

    /** The state that a turn hands to the next. */
    private Gaps gaps = new Gaps(Map.of(), null, null);

    private Gaps see(Collection<String> verified, String... rejected) {
        gaps = new Gaps(gaps.open(), gaps.through(), gaps.highest());
        gaps.see(verified, List.of(rejected));
        return gaps;
    }

    private static List<String> ids(long first, long last, String... more) {
        List<String> ids = new ArrayList<>(
                LongStream.rangeClosed(first, last).mapToObj(String::valueOf).toList());
        ids.addAll(List.of(more));
        return ids;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 10_000, 1_000_000, FAR})
    void oneOutlyingIdNeitherEndsReportsNorMakesAFalseOne(long outlier) {
        see(ids(50_001, 50_100));
        assertThat(see(ids(50_101, 50_199, String.valueOf(outlier))).missing()).isZero();
        assertThat(see(ids(50_200, 50_300)).missing()).isZero();
        assertThat(see(ids(50_304, 50_400)).open()).isEqualTo(Map.of(50_301L, 50_303L));
    }

    @Test
    void anOutlierInTheFirstAnswerIsNone() {
        assertThat(see(ids(1, 99, String.valueOf(FAR))).missing()).isZero();
        assertThat(see(ids(102, 200)).open()).isEqualTo(Map.of(100L, 101L));
    }

    /** Alone, it can't be told from a log that goes on there; two answers later, reports go on. */
    @Test
    void reportsGoOnAfterAnAnswerOfAnOutlierAlone() {
        see(ids(1, 100));
        assertThat(see(List.of(String.valueOf(FAR))).missing()).isZero();
        assertThat(see(ids(101, 200)).missing()).isZero();
        assertThat(see(ids(201, 300)).missing()).isZero();
        assertThat(see(ids(302, 400)).open()).isEqualTo(Map.of(301L, 301L));
    }

    @Test
    void anAnswerOfOldRecordsMakesNoFalseReport() {
        see(ids(1, 10_000));
        assertThat(see(List.of("20")).missing()).isZero();
        assertThat(see(ids(10_001, 10_100)).missing()).isZero();
        assertThat(see(ids(10_102, 10_200)).missing()).isEqualTo(1);
    }

    @Test
    void idsOfRejectsAreNotMissingButMoveNothing() {
        see(ids(1, 100));
        assertThat(see(ids(101, 150), "151", "152", "160", "1000").missing()).isZero();
        assertThat(see(ids(153, 200), "170").missing()).isZero();
        assertThat(see(ids(203, 300), "202").open()).isEqualTo(Map.of(201L, 201L));
        assertThat(see(ids(301, 400), "201").found()).isEqualTo(1);
        assertThat(see(List.of(), String.valueOf(FAR)).through()).isEqualTo(400);
    }

    /** A version before took the highest id of all for where the log is. */
    @Test
    void aLogThatAnOutlierEndedGoesOn() {
        gaps = new Gaps(Map.of(5L, 6L), null, FAR);
        assertThat(see(ids(101, 200)).missing()).isZero();
        assertThat(see(ids(203, 300)).open()).isEqualTo(Map.of(5L, 6L, 201L, 202L));
        assertThat(gaps.isBeyond("301")).isFalse();
    }

    /** Random logs that leave ids out: what is said to be missing is what was left out, whatever one id an answer has damaged. */
    @Test
    void whatIsMissingIsWhatWasLeftOutWhateverOneDamagedIdSays() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            gaps = new Gaps(Map.of(), null, null);
            long next = 100_000L + random.nextInt(1_000_000);
            TreeSet<Long> leftOut = new TreeSet<>();
            for (int turn = 0; turn < 20; turn++) {
                List<String> shown = new ArrayList<>();
                int records = 10 + random.nextInt(90);
                for (int i = 0; i < records; i++) {
                    while (turn + i > 0 && random.nextInt(20) == 0) {
                        leftOut.add(next++);
                    }
                    shown.add(String.valueOf(next++));
                }
                long distance = 10_000_000L + ((long) random.nextInt(Integer.MAX_VALUE) << random.nextInt(20));
                shown.add(String.valueOf(random.nextInt(5) == 0 ? random.nextInt(2) : next + distance));
                see(shown);
            }
            TreeSet<Long> missing = new TreeSet<>();
            gaps.open()
                    .forEach(
                            (first, last) -> LongStream.rangeClosed(first, last).forEach(missing::add));
            assertThat(missing).as("seed %d", seed).isEqualTo(leftOut);
        }
    }
}
