package io.retaillake.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {

    @Test
    void quotesWhatAShellWouldTakeApart() {
        assertThat(ShellWords.joined(List.of("bin/pipeline", "--lake", "/my lake/it's")))
                .isEqualTo("bin/pipeline --lake '/my lake/it'\\''s'");
    }
}
