package io.retaillake.common.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SourcePositionsTest {

    @Test
    void keepsEveryDigitInJson() throws Exception {
        ObjectMapper json = new ObjectMapper();
        SourcePositions positions = new SourcePositions(new TreeMap<>(Map.of(
                "shardId-0",
                new BigInteger("49546986683135544286507457936321625675700192471156785154"),
                "slot",
                BigInteger.ZERO)));

        assertThat(json.writeValueAsString(positions))
                .isEqualTo(
                        "{\"shardId-0\":\"49546986683135544286507457936321625675700192471156785154\",\"slot\":\"0\"}");
        assertThat(json.readValue(json.writeValueAsString(positions), SourcePositions.class))
                .isEqualTo(positions);
        assertThatThrownBy(() -> json.readValue("{\"a\":\"x\"}", SourcePositions.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void refusesWhatIsNoPosition() {
        assertThatThrownBy(() -> SourcePositions.of(Map.of("a", -1L))).hasMessageContaining("offset -1");
        assertThatThrownBy(() -> range(Map.of("a", 2L), Map.of("a", 1L))).hasMessageContaining("from a=2 to a=1");
        assertThatThrownBy(() -> range(Map.of("a", 2L), Map.of("b", 3L)))
                .hasMessageContaining("Not the same partitions");
    }

    @Test
    void followsOnWhereEveryPartitionBeginsAtItsEnd() {
        SourcePositions reached = SourcePositions.of(Map.of("a", 100L, "b", 50L, "closed", 9L));

        assertThat(range(Map.of("a", 100L, "b", 50L, "new", 70L), Map.of("a", 120L, "b", 50L, "new", 80L))
                        .problemsAfter(reached))
                .isEmpty();
        assertThat(range(Map.of("a", 101L, "b", 49L), Map.of("a", 120L, "b", 60L))
                        .problemsAfter(reached))
                .containsExactly(
                        "a begins at 101, and the table holds it up to 100: a gap",
                        "b begins at 49, and the table holds it up to 50: an overlap");
        assertThat(reached.advancedTo(SourcePositions.of(Map.of("a", 120L, "new", 80L))))
                .hasToString("a=120, b=50, closed=9, new=80");
    }

    private static PositionRange range(Map<String, Long> from, Map<String, Long> to) {
        return new PositionRange(SourcePositions.of(from), SourcePositions.of(to));
    }
}
