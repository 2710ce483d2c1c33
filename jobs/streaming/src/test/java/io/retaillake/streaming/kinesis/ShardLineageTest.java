package io.retaillake.streaming.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.job.SourcePositions;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.Shard;

class ShardLineageTest {

    private static final String SEQUENCE = "49680668600849098442699565413585458715872567234121433090";

    /** a became c and d; d and b became e; c and e became f, which alone is open. */
    private static final ShardLineage LINEAGE = new ShardLineage(List.of(
            shard("a", null, null, false),
            shard("b", null, null, false),
            shard("c", "a", null, false),
            shard("d", "a", null, false),
            shard("e", "d", "b", false),
            shard("f", "c", "e", true)));

    @Test
    void beginsWithTheOldestShardsOrWithTheOpenOnes() {
        assertThat(LINEAGE.oldest()).isEqualTo(offset("a", "TRIM_HORIZON", "b", "TRIM_HORIZON"));
        assertThat(LINEAGE.openAt(5)).isEqualTo(offset("f", "AT_TIMESTAMP:5"));
    }

    @Test
    void waitsForBothParentsAndForThoseThatAreStillToCome() {
        assertThat(LINEAGE.withChildren(offset("a", SEQUENCE, "b", "SHARD_END")))
                .isEqualTo(offset("a", SEQUENCE, "b", "SHARD_END"));
        assertThat(LINEAGE.withChildren(offset("a", "SHARD_END", "b", "SHARD_END")))
                .isEqualTo(offset("b", "SHARD_END", "c", "TRIM_HORIZON", "d", "TRIM_HORIZON"));
        assertThat(LINEAGE.withChildren(offset("b", "SHARD_END", "c", "SHARD_END", "d", "SHARD_END")))
                .isEqualTo(offset("c", "SHARD_END", "e", "TRIM_HORIZON"));
        assertThat(LINEAGE.withChildren(offset("c", "SHARD_END", "e", "SHARD_END")))
                .isEqualTo(offset("f", "TRIM_HORIZON"));
    }

    @Test
    void goesOnFromEverythingThatWasEverRead() {
        KinesisOffset all = offset(
                "a",
                "SHARD_END",
                "b",
                "SHARD_END",
                "c",
                "SHARD_END",
                "d",
                "SHARD_END",
                "e",
                SEQUENCE,
                "gone",
                "SHARD_END");
        assertThat(LINEAGE.problems(all)).isEmpty();
        assertThat(LINEAGE.withChildren(all)).isEqualTo(offset("c", "SHARD_END", "e", SEQUENCE));
    }

    @Test
    void tellsWhatIsLost() {
        assertThat(LINEAGE.problems(offset("f", SEQUENCE))).isEmpty();
        assertThat(LINEAGE.problems(offset("f", "SHARD_END")))
                .singleElement()
                .asString()
                .contains("f was read to its end");
        assertThat(LINEAGE.problems(offset("f", SEQUENCE, "x", SEQUENCE)))
                .singleElement()
                .asString()
                .contains("no such shard");
        assertThat(LINEAGE.problems(offset("x", "SHARD_END"))).hasSize(6).allMatch(text -> text.contains("expired"));
        assertThat(LINEAGE.withoutLost(offset("x", SEQUENCE)))
                .isEqualTo(offset("a", "TRIM_HORIZON", "b", "TRIM_HORIZON"));
        ShardLineage later = new ShardLineage(List.of(shard("f", "c", "e", true)));
        assertThat(later.problems(offset("c", "SHARD_END", "e", "SHARD_END"))).hasSize(2);
        assertThat(later.withChildren(later.withoutLost(offset("c", "SHARD_END", "e", "SHARD_END"))))
                .isEqualTo(offset("f", "TRIM_HORIZON"));
    }

    /** Splits and merges in turns, as a stream that is scaled up and down each day has them. */
    @Test
    void isNoSlowerForALongHistory() {
        List<Shard> shards = new ArrayList<>(List.of(shard("000", null, null, false)));
        for (int day = 0; day < 60; day++) {
            String from = "%03d".formatted(3 * day);
            String left = "%03d".formatted(3 * day + 1);
            String right = "%03d".formatted(3 * day + 2);
            shards.add(shard(left, from, null, false));
            shards.add(shard(right, from, null, false));
            shards.add(shard("%03d".formatted(3 * day + 3), left, right, day == 59));
        }
        ShardLineage lineage = new ShardLineage(shards);
        assertThat(lineage.problems(offset("000", "TRIM_HORIZON"))).isEmpty();
        assertThat(lineage.problems(offset("180", SEQUENCE))).isEmpty();
    }

    @Test
    void countsPositionsInTheOrderOfReading() {
        KinesisOffset offset =
                offset("a", "TRIM_HORIZON", "b", "AT_TIMESTAMP:1764374400000", "c", SEQUENCE, "d", "SHARD_END");
        SourcePositions positions = offset.positions();
        assertThat(List.copyOf(positions.offsets().values())).isSorted();
        assertThat(KinesisOffset.ofPositions(positions)).isEqualTo(offset);
        assertThat(KinesisOffset.ofJson(offset.json())).isEqualTo(offset);
        BigInteger next = positions.offsets().get("c");
        assertThat(new BigInteger(ShardPosition.userRecord(SEQUENCE, 99_999_999)))
                .isEqualTo(next.subtract(BigInteger.ONE));
    }

    private static Shard shard(String id, String parent, String adjacentParent, boolean open) {
        return Shard.builder()
                .shardId(id)
                .parentShardId(parent)
                .adjacentParentShardId(adjacentParent)
                .sequenceNumberRange(
                        range -> range.startingSequenceNumber(SEQUENCE).endingSequenceNumber(open ? null : SEQUENCE))
                .build();
    }

    private static KinesisOffset offset(String... shardsAndPositions) {
        Map<String, ShardPosition> shards = new TreeMap<>();
        for (int i = 0; i < shardsAndPositions.length; i += 2) {
            shards.put(shardsAndPositions[i], new ShardPosition(shardsAndPositions[i + 1]));
        }
        return new KinesisOffset(shards);
    }
}
