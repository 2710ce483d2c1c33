package io.retaillake.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.macasaet.fernet.Key;
import com.macasaet.fernet.Token;
import io.retaillake.common.accesslog.RejectReason;
import io.retaillake.common.job.JobException;
import io.retaillake.common.json.JsonMembers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one turn and the next bring, from answers that a test makes up. */
class LogCollectorTest {

    private static final Instant START = Instant.parse("2026-11-29T00:00:05Z");
    private static final Key KEY = Key.generateKey();

    @TempDir
    private Path folder;

    private final TrialClock clock = new TrialClock(START);
    private final List<String> items = new ArrayList<>();
    private int version;

    private final LogSource source = (etag, lastModified) -> {
        String now = "v" + version;
        return now.equals(etag)
                ? new Answer(null, null, null, clock.instant())
                : new Answer(
                        items.stream()
                                .map(item -> item.getBytes(StandardCharsets.UTF_8))
                                .toList(),
                        now,
                        null,
                        clock.instant());
    };

    private LogStore store() {
        return new LocalLogStore(folder);
    }

    private LogCollector collector(LogStore store) {
        return new LogCollector(
                CollectorSettings.DEFAULT, store, source, new KeyRing(() -> List.of(KEY), clock), clock, clock);
    }

    private TurnResult collect(LogStore store) throws InterruptedException {
        return collector(store).collect(clock.instant(), clock.instant().plusSeconds(60));
    }

    private static String item(Object id, String name) {
        return item(id, name, KEY);
    }

    private static String item(Object id, String name, Key key) {
        String text = "{'user_id': 'u', 'name': '" + name + "', 'inDate': '2026-11-29 00:00:01.000001'}";
        return "{\"recordId\": " + id + ", \"ArrivalTimeStamp\": 1796000000, \"data\": \""
                + Token.generate(key, text).serialise() + "\"}";
    }

    private void show(String... newItems) {
        items.clear();
        items.addAll(List.of(newItems));
        version++;
    }

    private void assertRecords(String... ids) {
        LogContent content = LogContent.of(store());
        assertThat(content.problems()).isEmpty();
        assertThat(content.records().keySet()).containsExactlyInAnyOrder(ids);
    }

    @Test
    void whatWasThereIsKnown() throws Exception {
        show(item(1, "a"), item(2, "b"), item(2, "b"));
        TurnResult first = collect(store());
        assertThat(first.line())
                .startsWith("logs turn=1 received=3 new=2 known=1 rejected=0 missing=0 found=0 raw_bytes=");
        show(item(2, "b"), item(3, "c"));
        TurnResult second = collect(store());
        assertThat(second.accepted()).isEqualTo(1);
        assertThat(second.known()).isEqualTo(1);
        assertRecords("1", "2", "3");
    }

    @Test
    void asksUntilTheRecordsChange() throws Exception {
        show(item(1, "a"));
        collect(store());
        Instant change = clock.instant().plusSeconds(20);
        LogSource changing = (etag, lastModified) -> {
            if (!clock.instant().isBefore(change) && version == 1) {
                show(item(2, "b"));
            }
            return source.ask(etag, lastModified);
        };
        LogCollector collector = new LogCollector(
                CollectorSettings.DEFAULT, store(), changing, new KeyRing(() -> List.of(KEY), clock), clock, clock);
        clock.sleep(Duration.ofSeconds(1));
        TurnResult result = collector.collect(clock.instant(), clock.instant().plusSeconds(60));
        assertThat(result.accepted()).isEqualTo(1);
        assertThat(clock.instant()).isBefore(change.plusSeconds(6));

        TurnResult nothing =
                collector.collect(clock.instant().plusMillis(1), clock.instant().plusSeconds(60));
        assertThat(nothing.accepted()).isZero();
        assertThat(nothing.turn()).isEqualTo(2);
    }

    @Test
    void missingIdsAreToldAndFoundWhenTheyCome() throws Exception {
        show(item(1, "a"), item(2, "b"));
        collect(store());
        show(item(3, "c"), item(7, "g"), item(9, "i"));
        TurnResult gap = collect(store());
        assertThat(gap.missing()).isEqualTo(4);
        assertThat(gap.openGaps()).isEqualTo(Map.of(4L, 6L, 8L, 8L));
        assertThat(gap.line()).endsWith("missing_now=4 the_newest=4-6,8");
        show(item(5, "e"), item(10, "j"));
        TurnResult found = collect(store());
        assertThat(found.found()).isEqualTo(1);
        assertThat(found.openGaps()).isEqualTo(Map.of(4L, 4L, 6L, 6L, 8L, 8L));
    }

    @Test
    void idsThatDoNotFollowEachOtherHaveNoGaps() throws Exception {
        show(item(1_000_000_007, "a"), item("\"x\"", "b"));
        collect(store());
        show(
                item(5_000_000_000L, "c"),
                item(9_000_000_000L, "d"),
                item("\"49590338271490256608559692538361571095921575989136588898\"", "e"));
        assertThat(collect(store()).missing()).isZero();
        assertThat(LogContent.of(store()).records()).hasSize(5);
    }

    @Test
    void rejectsAreKeptAsTheyCameOnce() throws Exception {
        String foreign = item(1, "a", Key.generateKey());
        show(
                foreign,
                "7",
                "[".repeat(100) + "\"]" + "]".repeat(100),
                "{\"recordId\": 2}",
                item("null", "b"),
                item(3, "c").replace("\"gAAAAA", "\"AAAA"),
                "{\"recordId\":4,\"data\":\""
                        + Token.generate(KEY, "{'inDate': 'today'}").serialise() + "\"}",
                "{\"recordId\":5,\"data\":\"" + Token.generate(KEY, "exit()").serialise() + "\"}",
                item(6, "f"),
                item(6, "other"));
        TurnResult result = collect(store());
        assertThat(result.rejected())
                .isEqualTo(Map.of(
                        RejectReason.NOT_VERIFIED, 1L,
                        RejectReason.NOT_AN_ITEM, 3L,
                        RejectReason.NO_ID, 1L,
                        RejectReason.NOT_A_TOKEN, 1L,
                        RejectReason.NO_TIME, 1L,
                        RejectReason.NOT_A_RECORD, 1L,
                        RejectReason.OTHER_CONTENT, 1L));
        String kept = store().list("rejects/").stream()
                .map(name -> text(store(), name))
                .filter(text -> text.contains("NOT_VERIFIED"))
                .findFirst()
                .orElseThrow();
        assertThat(kept).contains("\"item\":" + foreign);
        version++;
        TurnResult again = collect(store());
        assertThat(again.rejects()).isZero();
        assertThat(again.known()).isEqualTo(10);
        assertThat(store().list("rejects/"))
                .hasSize(9)
                .allSatisfy(
                        name -> assertThat(JsonMembers.of(text(store(), name).getBytes(StandardCharsets.UTF_8)))
                                .as(name)
                                .isPresent());
        assertRecords("6");
    }

    @Test
    void recordWhoseKeyComesLateIsStoredThen() throws Exception {
        Key late = Key.generateKey();
        List<Key> keys = new ArrayList<>(List.of(KEY));
        LogCollector collector = new LogCollector(
                CollectorSettings.DEFAULT, store(), source, new KeyRing(() -> List.copyOf(keys), clock), clock, clock);
        show(item(1, "a"), item(2, "b", late));
        collector.collect(clock.instant(), clock.instant().plusSeconds(1));
        keys.add(0, late);
        clock.sleep(Duration.ofMinutes(3));
        show(item(2, "b", late), item(3, "c", late));
        TurnResult result = collector.collect(clock.instant(), clock.instant().plusSeconds(1));
        assertThat(result.accepted()).isEqualTo(2);
        assertRecords("1", "2", "3");
    }

    @Test
    void recordThatIsShownLongAfterIsRecognised() throws Exception {
        show(item("\"old\"", "a"));
        collect(store());
        for (int turn = 0; turn < 12; turn++) {
            String[] many = new String[100];
            for (int i = 0; i < many.length; i++) {
                many[i] = item(turn * 100 + i, "x");
            }
            show(many);
            collect(store());
        }
        show(item("\"old\"", "a"), item(0, "x"), item(1, "other"));
        TurnResult result = collect(store());
        assertThat(result.known()).isEqualTo(2);
        assertThat(result.rejected()).isEqualTo(Map.of(RejectReason.OTHER_CONTENT, 1L));
    }

    @Test
    void lostTurnsCostNothing() throws Exception {
        show(item(1, "a"), item(2, "b"));
        collect(store());
        show(item(2, "b"), item(3, "c"));
        collect(store());
        store().list("turns/").forEach(store()::delete);
        show(item(2, "b"), item(3, "c"), item(4, "d"));
        TurnResult result = collect(store());
        assertThat(result.turn()).isEqualTo(3);
        assertThat(result.known()).isEqualTo(2);
        assertRecords("1", "2", "3", "4");
    }

    @Test
    void oldTurnsAreRemoved() throws Exception {
        CollectorSettings three = new CollectorSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 3);
        LogCollector collector =
                new LogCollector(three, store(), source, new KeyRing(() -> List.of(KEY), clock), clock, clock);
        for (int i = 1; i <= 6; i++) {
            show(item(i, "a"));
            collector.collect(clock.instant(), clock.instant());
        }
        assertThat(store().list("turns/"))
                .containsExactly("turns/0000000004.json.gz", "turns/0000000005.json.gz", "turns/0000000006.json.gz");
    }

    /** It slept between its answer and its claim for longer than turns are kept. */
    @Test
    void collectorThatSleptForADayBringsNothingTwice() throws Exception {
        CollectorSettings three = new CollectorSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 3);
        LogCollector others =
                new LogCollector(three, store(), source, new KeyRing(() -> List.of(KEY), clock), clock, clock);
        show(item(1, "a"));
        others.collect(clock.instant(), clock.instant());
        LogSource sleeping = (etag, lastModified) -> {
            show(item(2, "b"));
            Answer answer = source.ask(etag, lastModified);
            for (int i = 2; i <= 9; i++) {
                show(item(i, i == 2 ? "b" : "x"));
                others.collect(clock.instant(), clock.instant());
            }
            return answer;
        };
        LogCollector sleeper =
                new LogCollector(three, store(), sleeping, new KeyRing(() -> List.of(KEY), clock), clock, clock);
        TurnResult result = sleeper.collect(clock.instant(), clock.instant());
        assertThat(result.accepted()).isZero();
        assertThat(result.known()).isEqualTo(1);
        assertRecords("1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void turnThatWasClaimedButNotWrittenIsCompletedByTheNext() throws Exception {
        for (int writes = 1; writes <= 3; writes++) {
            int id = writes * 10;
            show(item(id, "a"), item(id + 1, "b", Key.generateKey()), item(id + 2, "c"));
            LogStore dying = new DyingStore(store(), writes);
            assertThatThrownBy(() -> collect(dying)).isInstanceOf(DyingStore.KilledException.class);
            show(item(id + 2, "c"), item(id + 3, "d"));
            TurnResult next = collect(store());
            assertThat(next.accepted()).isEqualTo(1);
            assertThat(LogContent.of(store()).problems()).isEmpty();
            assertThat(LogContent.of(store()).records().keySet())
                    .contains("" + id, "" + (id + 2), "" + (id + 3))
                    .hasSize(writes * 3);
            assertThat(store().list("rejects/")).hasSize(writes);
        }
    }

    @Test
    void collectorsAtOnceBringEachRecordOnce() throws Exception {
        int collectors = 4;
        ExecutorService threads = Executors.newFixedThreadPool(collectors);
        try {
            for (int turn = 0; turn < 10; turn++) {
                show(item(turn * 2, "a"), item(turn * 2 + 1, "b"));
                CyclicBarrier together = new CyclicBarrier(collectors);
                Callable<TurnResult> one = () -> {
                    LogCollector collector = collector(store());
                    together.await();
                    return collector.collect(START, START);
                };
                long accepted = 0;
                for (Future<TurnResult> result : threads.invokeAll(List.of(one, one, one, one))) {
                    accepted += result.get().accepted();
                }
                assertThat(accepted).isEqualTo(2);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(LogContent.of(store()).problems()).isEmpty();
        assertThat(LogContent.of(store()).records()).hasSize(20);
        assertThat(store().list("turns/")).hasSize(10);
    }

    @Test
    void damagedTurnIsToldWithWhatToDo() throws Exception {
        show(item(1, "a"));
        collect(store());
        store().delete("turns/0000000001.json.gz");
        store().createNew("turns/0000000001.json.gz", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> collect(store()))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("turns/0000000001.json.gz is damaged")
                .hasMessageContaining("Remove all of turns/");
    }

    private static String text(LogStore store, String name) {
        try {
            return Gzip.text(store.read(name).orElseThrow());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void sourceThatAsksForNoPauseIsNotAskedWithoutOne() {
        AtomicInteger asked = new AtomicInteger();
        LogSource busy = (etag, lastModified) -> {
            assertThat(asked.incrementAndGet()).as("questions").isLessThan(100);
            throw new SourceFailure("busy", true, Duration.ZERO, null);
        };
        LogCollector collector = new LogCollector(
                CollectorSettings.DEFAULT, store(), busy, new KeyRing(() -> List.of(KEY), clock), clock, clock);
        assertThatThrownBy(
                        () -> collector.collect(clock.instant(), clock.instant().plusSeconds(10)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("busy");
        assertThat(asked).hasValue(11);
    }

    @Test
    void checkNamesAnObjectThatWasRemoved() throws Exception {
        show(item(1, "a"));
        collect(store());
        String removed = store().list(Names.DATA).get(0);
        show(item(2, "b"));
        collect(store());
        store().delete(removed);
        assertThat(LogContent.of(store()).problems())
                .containsExactly(removed + " is not there any more; turns/0000000001.json.gz names it");
    }
}
