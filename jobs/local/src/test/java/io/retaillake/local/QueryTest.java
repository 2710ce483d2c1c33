package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void takesNoCommentForAnOption() {
        assertThat(Query.withStatement("-- a note\nSELECT 1", "--format", "csv", "--limit=2"))
                .containsExactly(" -- a note\nSELECT 1", "--format", "csv", "--limit=2");
        assertThat(Query.withStatement("--a note\nSELECT 1")).containsExactly(" --a note\nSELECT 1");
        assertThat(Query.withStatement("--conf=a=b\nc")).containsExactly("--conf=a=b\nc");
    }
}
