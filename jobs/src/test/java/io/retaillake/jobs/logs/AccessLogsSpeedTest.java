package io.retaillake.jobs.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.retaillake.common.accesslog.AccessLog;
import io.retaillake.jobs.TestLake;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints how fast a backlog is brought on this machine, by two threads; judges nothing. {@code -Dlogs.turns} says how large it is. */
@Tag("benchmark")
class AccessLogsSpeedTest {

    private static final int RECORDS_PER_TURN = 100;
    private static final int USERS = 5_000;
    private static final LocalDateTime BEGIN = LocalDateTime.parse("2024-01-01T00:00:00");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    @Test
    void recordsPerSecond(@TempDir Path folder) throws Exception {
        int turns = Integer.getInteger("logs.turns", 100_000);
        CollectedLogs logs = new CollectedLogs(folder.resolve("logs"));
        IntStream.rangeClosed(1, turns).parallel().forEach(turn -> logs.objects(turn, records(turn)));
        TestLake lake = new TestLake(folder.resolve("lake"));

        long cpuBefore = cpuNanos();
        long began = System.nanoTime();
        lake.run(new BuildAccessLogs(), null, "--logs", logs.folder().toString());
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpuSeconds = (cpuNanos() - cpuBefore) / 1e9;

        long rows = lake.read(AccessLogTable.ACCESS_LOGS).count();
        System.out.printf(
                "%,d records of %,d turns: %.1f s, %,.0f records/s; %.1f s of CPU time, %,.0f records/s on two cores of one's own%n",
                rows, turns, seconds, rows / seconds, cpuSeconds, rows / (cpuSeconds / 2));
        assertThat(rows).isEqualTo((long) (turns - 1) * RECORDS_PER_TURN);
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static AccessLog[] records(int turn) {
        Random random = new Random(turn);
        AccessLog[] records = new AccessLog[RECORDS_PER_TURN];
        for (int i = 0; i < records.length; i++) {
            LocalDateTime time =
                    BEGIN.plusMinutes(3L * turn).plusNanos(1000L * (i * 1_700_000L + random.nextInt(1_000_000)));
            int user = random.nextInt(USERS);
            byte[] id = new byte[32];
            new Random(user).nextBytes(id);
            records[i] = CollectedLogs.record(
                    Long.toString((long) turn * RECORDS_PER_TURN + i),
                    TIME.format(time),
                    Map.of(
                            "user_id", CollectedLogs.text(HexFormat.of().formatHex(id)),
                            "url",
                                    CollectedLogs.text(
                                            "/products/" + random.nextInt(2_000) + "?page=" + random.nextInt(20)),
                            "method", CollectedLogs.text(random.nextInt(10) == 0 ? "POST" : "GET"),
                            "name", CollectedLogs.text("user " + user),
                            "detail",
                                    CollectedLogs.text(
                                            "took " + random.nextInt(900) + " ms, agent " + random.nextInt(40))));
        }
        return records;
    }
}
