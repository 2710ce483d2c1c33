package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.jobs.RetailJobs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlainDisplayTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long nowNanos = 1;

    @Test
    void printsEachStepAndThenALineEveryFiveSecondsWhileRowsCome() {
        Display display = new PlainDisplay(new PrintStream(out, true, StandardCharsets.UTF_8), () -> nowNanos);
        display.started(RetailJobs.BUILD_PURCHASES);
        for (int second = 0; second <= 12; second++) {
            display.progress(
                    RetailJobs.BUILD_PURCHASES, new JobLine.Progress("join", second * 10L, OptionalLong.empty()));
            nowNanos += TimeUnit.SECONDS.toNanos(1);
        }
        for (int second = 0; second <= 12; second++) {
            display.progress(RetailJobs.BUILD_PURCHASES, new JobLine.Progress("write", 0, OptionalLong.empty()));
            nowNanos += TimeUnit.SECONDS.toNanos(1);
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "BuildPurchases: starting",
                        "BuildPurchases: join",
                        "BuildPurchases: join  50 rows  10 rows/s",
                        "BuildPurchases: join  100 rows  10 rows/s",
                        "BuildPurchases: write");
    }
}
