package io.retaillake.common.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void showsNoMoreRowsThanAStepExpectsThoughSomeAreReadAgain() {
        assertThat(printed(progress -> progress.step("build", 300, () -> 600)))
                .first()
                .isEqualTo("progress job=Build step=\"build\" rows=300 expected=300");
    }

    @Test
    void endsWithTheRowsThatTheJobProcessed() {
        List<String> lines = printed(progress -> {
            progress.step("total", 0, () -> 900);
            progress.processed(300);
            progress.step("build", 300, () -> 600);
        });

        assertThat(lines).last().asString().contains(" rows=300 ").doesNotContain("published_before");
    }

    @Test
    void saysThatEverythingWasPublishedBefore() {
        assertThat(printed(Progress::publishedBefore)).last().asString().endsWith(" published_before=true");
    }

    private static List<String> printed(Consumer<Progress> job) {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try (Progress progress = Progress.start("Build")) {
            job.accept(progress);
            progress.finished();
        } finally {
            System.setErr(before);
        }
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
