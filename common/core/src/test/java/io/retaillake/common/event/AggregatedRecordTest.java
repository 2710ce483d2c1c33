package io.retaillake.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregatedRecordTest {

    private static final byte[] SHORT = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LONG = "x".repeat(300_000).getBytes(StandardCharsets.UTF_8);

    @Test
    void takesEveryUserRecordInItsOrder() {
        assertThat(AggregatedRecord.userRecords(Aggregates.record(Aggregates.message(List.of(SHORT, LONG, SHORT)))))
                .containsExactly(SHORT, LONG, SHORT);
    }

    /** Bytes written by hand from the format's description: key table "k", one record with index 0 and data "hi". */
    @Test
    void readsTheFormatAsItIsDescribed() {
        byte[] message = HexFormat.of().parseHex("0a016b" + "1a06" + "0800" + "1a026869");
        assertThat(AggregatedRecord.userRecords(Aggregates.record(message)))
                .containsExactly("hi".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void leavesARecordThatIsNotAggregatedOrNotWholeAsItIs() {
        byte[] good = Aggregates.record(Aggregates.message(List.of(SHORT)));
        byte[] otherDigest = good.clone();
        otherDigest[otherDigest.length - 1] ^= 1;
        byte[] otherMessage = good.clone();
        otherMessage[6] ^= 1;
        byte[] empty = Aggregates.record(new byte[0]);
        byte[] noProtobuf = Aggregates.record(new byte[] {0x1A, 0x7F, 0x01});
        byte[] recordWithoutData = Aggregates.record(HexFormat.of().parseHex("1a020800"));
        byte[] endlessNumber = Aggregates.record(HexFormat.of().parseHex("08ffffffffffffffffffff"));
        byte[] cut = Arrays.copyOf(good, 10);
        for (byte[] record : new byte[][] {
            SHORT, new byte[0], cut, otherDigest, otherMessage, empty, noProtobuf, recordWithoutData, endlessNumber
        }) {
            assertThat(AggregatedRecord.userRecords(record)).containsExactly(record);
        }
    }
}
