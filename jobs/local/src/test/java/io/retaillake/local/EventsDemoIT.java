package io.retaillake.local;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.event.Event;
import io.retaillake.common.event.EventTransform;
import io.retaillake.common.event.RejectReason;
import io.retaillake.events.Events;
import io.retaillake.events.generator.EventGenerator;
import io.retaillake.events.generator.GeneratedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/events demo} by real processes: what it shows is what became of each event that it sends. */
@Timeout(300)
class EventsDemoIT {

    private static final int EVENTS = 200;
    private static final Pattern BATCH = Pattern.compile("(?m)^ +events batch=\\S+ received=(\\d+) .*$");
    private static final Pattern REASON = Pattern.compile(" ([A-Z_]+)=(\\d+)");
    private static final Pattern FIGURE = Pattern.compile("(?m)^(\\d \\S.*?) {2,}(\\S.*?) {2,}(\\d+)$");

    @TempDir
    private Path folder;

    @Test
    void showsWhatBecameOfEachEvent() throws Exception {
        Path lake = folder.resolve("lake");
        String shown = demo(lake);

        List<GeneratedEvent> sent = sent();
        Map<String, Long> reasons = sent.stream()
                .flatMap(event -> event.rejectReason().stream())
                .collect(groupingBy(RejectReason::name, counting()));
        long rejected = reasons.values().stream().mapToLong(Long::longValue).sum();
        List<MatchResult> batches = BATCH.matcher(shown).results().toList();
        Map<String, Map<String, Long>> figures = figures(shown);

        assertThat(reasons).as("what is shown has some of each").isNotEmpty();
        assertThat(shown).contains("== sending 175 more events in batches of 25, one a second");
        assertThat(batches)
                .as("the first 25 are there before the others are sent")
                .hasSizeGreaterThan(1);
        assertThat(batches.stream()
                        .mapToLong(batch -> Long.parseLong(batch.group(1)))
                        .sum())
                .isEqualTo(EVENTS);
        assertThat(batches.stream()
                        .flatMap(batch -> REASON.matcher(batch.group()).results())
                        .collect(groupingBy(
                                reason -> reason.group(1), summingLong(reason -> Long.parseLong(reason.group(2))))))
                .isEqualTo(reasons);
        assertThat(shown)
                .containsPattern(
                        "== from an event to its row, of those: half within \\d+\\.\\d s, the slowest \\d+\\.\\d s");
        assertThat(figures.get("1 events by type and status")).isEqualTo(accepted(sent));
        assertThat(figures.get("2 events by hour (UTC)").keySet()).isEqualTo(hours(lake));
        assertThat(figures.get("3 rejects by reason")).isEqualTo(reasons);
        assertThat(figures.get("4 payloads")).isEqualTo(Map.of("accepted", EVENTS - rejected, "rejected", rejected));
    }

    private String demo(Path lake) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dretail-lake.project=" + Submission.PROJECT.root(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Events.class.getName(),
                        "demo",
                        "--lake",
                        lake.toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(demo.waitFor()).as(Files.readString(err)).isZero();
        } finally {
            demo.descendants().forEach(ProcessHandle::destroy);
            demo.destroy();
        }
        return Files.readString(out);
    }

    /** As the demo draws them: only their times differ. */
    private static List<GeneratedEvent> sent() {
        EventGenerator generator = new EventGenerator(1, 0.06, 0);
        return Stream.generate(() -> generator.next(Instant.now()))
                .limit(EVENTS)
                .toList();
    }

    private static Map<String, Long> accepted(List<GeneratedEvent> sent) {
        return sent.stream()
                .filter(event -> event.rejectReason().isEmpty())
                .map(event -> (Event) EventTransform.transform(event.bytes(), event.madeAt(), event.madeAt()))
                .collect(groupingBy(
                        event -> event.eventType() + ", "
                                + event.statusCategory().label(),
                        counting()));
    }

    private static Map<String, Map<String, Long>> figures(String shown) {
        return FIGURE.matcher(shown)
                .results()
                .collect(groupingBy(
                        figure -> figure.group(1),
                        toMap(figure -> figure.group(2), figure -> Long.valueOf(figure.group(3)))));
    }

    /** The partitions of the table of events. */
    private static Set<String> hours(Path lake) throws IOException {
        try (Stream<Path> partitions = Files.list(lake.resolve("data/factdata/silver/events/data"))) {
            return partitions
                    .map(partition ->
                            partition.getFileName().toString().replaceFirst("timestamp_hour=(.*)-(\\d\\d)", "$1 $2:00"))
                    .collect(toSet());
        }
    }
}
