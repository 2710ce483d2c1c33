package io.retaillake.events;

import io.retaillake.common.command.CommandException;
import io.retaillake.events.send.SendTotals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is in a lake's tables of events, as one table of figures. */
final class ArrivedEvents {

    private static final String QUERY =
            """
            SELECT figure, name, count(*) AS events FROM (
              SELECT '1 events by type and status' AS figure, event_type || ', ' || status_category AS name FROM silver.events
              UNION ALL SELECT '2 events by hour (UTC)', date_format(to_utc_timestamp(timestamp, current_timezone()), 'yyyy-MM-dd HH:00')
              FROM silver.events
              UNION ALL SELECT '%1$s', reason FROM silver.event_rejects LATERAL VIEW explode(reasons) AS reason
              UNION ALL SELECT '%2$s', '%3$s' FROM silver.events
              UNION ALL SELECT '%2$s', '%4$s' FROM silver.event_rejects
            ) GROUP BY figure, name
            UNION ALL SELECT '5 in closed windows', 'on time', coalesce(sum(count_of_event), 0) FROM gold.events_by_window
            UNION ALL SELECT '5 in closed windows', 'late', coalesce(sum(count_of_event), 0) FROM gold.late_events
            ORDER BY figure, events DESC, name""".formatted(SendTotals.REJECTS_BY_REASON, SendTotals.PAYLOADS, SendTotals.ACCEPTED, SendTotals.REJECTED);

    private ArrivedEvents() {}

    /** Prints them; takes the options of {@code bin/sql}. */
    static void show(Path project, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(project.resolve("bin/sql").toString(), QUERY));
        command.addAll(Arrays.asList(arguments));
        int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exitCode != 0) {
            throw new CommandException(exitCode, "what arrived could not be read; bin/sql says why above");
        }
    }
}
