package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.jobs.RetailJobs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessagesInWordsTest {

    @Test
    void saysInWordsHowFarAJobIsAndPassesOnWhatElseItSays() throws IOException {
        String messages = """
                progress job=BuildTable step="read silver.purchases" rows=0 expected=1000
                26/11/30 12:00:00 WARN Something: is odd
                error it failed
                  because
                finished job=BuildTable seconds=26.3 rows=1000 peak_memory_mib=548 most_tasks=2
                """;
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new MessagesInWords(RetailJobs.BUILD_TABLE, new PrintStream(out, true, StandardCharsets.UTF_8))
                .show(new ByteArrayInputStream(messages.getBytes(StandardCharsets.UTF_8)));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                BuildTable: starting
                BuildTable: read silver.purchases  0 of 1,000 rows (0%)
                26/11/30 12:00:00 WARN Something: is odd
                error it failed
                  because
                BuildTable: done in 26.3 s, 1,000 rows
                """);
    }
}
