package io.retaillake.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.macasaet.fernet.Key;
import io.retaillake.common.job.JobException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorServiceTest {

    @TempDir
    private Path folder;

    private final TrialClock clock = new TrialClock(Instant.parse("2026-11-29T00:01:00Z"));
    private final List<String> asked = new ArrayList<>();

    private CollectorService service(LogSource source) {
        Key key = Key.generateKey();
        LogCollector collector = new LogCollector(
                CollectorSettings.DEFAULT,
                new LocalLogStore(folder),
                source,
                new KeyRing(() -> List.of(key), clock),
                clock,
                clock);
        return new CollectorService(collector, Duration.ofMinutes(3), Duration.ofSeconds(5), clock, clock);
    }

    private String note() {
        String time = clock.instant().toString();
        asked.add(time.substring(time.indexOf('T') + 1));
        return time;
    }

    @Test
    void turnsBeginAtOnceAndThenAtSecondFiveOfEachThirdMinute() {
        clock.endAt(Instant.parse("2026-11-29T00:10:00Z"));
        LogSource alwaysNew = (etag, lastModified) -> new Answer(
                List.of(("\"" + note() + "\"").getBytes(StandardCharsets.UTF_8)), null, null, clock.instant());
        assertThatThrownBy(() -> service(alwaysNew).run(result -> {}, failure -> {}))
                .isInstanceOf(InterruptedException.class);
        assertThat(asked).containsExactly("00:01:00Z", "00:03:05Z", "00:06:05Z", "00:09:05Z");
    }

    /** The late one of before is shown first; the others are taken when they come, ten seconds later. */
    @Test
    void turnThatBroughtLittleGoesOn() {
        clock.endAt(Instant.parse("2026-11-29T00:06:00Z"));
        Instant change = Instant.parse("2026-11-29T00:03:15Z");
        LogSource source = (etag, lastModified) -> {
            int first =
                    clock.instant().isBefore(change) ? clock.instant().isBefore(change.minusSeconds(60)) ? 0 : 1 : 100;
            List<byte[]> items = new ArrayList<>();
            for (int i = first; i < first + 10; i++) {
                items.add(("\"" + i + "\"").getBytes(StandardCharsets.UTF_8));
            }
            return new Answer(items, null, null, clock.instant());
        };
        List<Long> brought = new ArrayList<>();
        assertThatThrownBy(() -> service(source).run(result -> brought.add(result.rejects()), failure -> {}))
                .isInstanceOf(InterruptedException.class);
        assertThat(brought).containsExactly(10L, 1L, 10L);
    }

    @Test
    void sourceThatFailsIsLeftAloneForLongerAndLongerAndTheNextTurnTriesAgain() {
        clock.endAt(Instant.parse("2026-11-29T00:04:00Z"));
        List<JobException> failures = new ArrayList<>();
        LogSource failing = (etag, lastModified) -> {
            note();
            throw new SourceFailure("The source fails.", true, null, null);
        };
        assertThatThrownBy(() -> service(failing).run(result -> {}, failures::add))
                .isInstanceOf(InterruptedException.class);
        assertThat(asked)
                .startsWith(
                        "00:01:00Z",
                        "00:01:01Z",
                        "00:01:03Z",
                        "00:01:07Z",
                        "00:01:15Z",
                        "00:01:31Z",
                        "00:02:01Z",
                        "00:02:31Z",
                        "00:03:01Z",
                        "00:03:05Z");
        assertThat(failures).hasSize(1).first().asString().contains("The source fails.");
    }

    @Test
    void sourceIsLeftAloneAsLongAsItWants() {
        clock.endAt(Instant.parse("2026-11-29T00:02:00Z"));
        LogSource busy = (etag, lastModified) -> {
            note();
            throw new SourceFailure("The source is busy.", true, Duration.ofSeconds(45), null);
        };
        assertThatThrownBy(() -> service(busy).run(result -> {}, failure -> {}))
                .isInstanceOf(InterruptedException.class);
        assertThat(asked).containsExactly("00:01:00Z", "00:01:45Z");
    }
}
