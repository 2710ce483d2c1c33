package io.retaillake.jobs.ops.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.jobs.ops.sql.Script.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

    @Test
    void tellsStatementsApartWithTheirLines() {
        assertThat(Script.of("""
                        -- 매출; of all
                        SELECT 'a;b', "c;", `d;` -- ; not here
                        /* nor; /* here; */ */ FROM t; ;
                        /* none */;

                        select r'\\' ; SELECT '\\';', /*+ COALESCE(1) */ '값'
                        """).statements())
                .containsExactly(
                        new Statement(1, 2, "SELECT 'a;b', \"c;\", `d;` -- ; not here\n/* nor; /* here; */ */ FROM t"),
                        new Statement(2, 6, "select r'\\'"),
                        new Statement(3, 6, "SELECT '\\';', /*+ COALESCE(1) */ '값'"));
        assertThat(Script.of("-- nothing; \n/* at; all */ ; ;").statements()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1;", "SELECT 1; -- and done", "SELECT ';\n';\n", "", ";", "SELECT 1; /* x */"})
    void hasEndedAtItsSemicolon(String text) {
        assertThat(Script.of(text).isEnded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT 1; SELECT",
                "SELECT 'a;",
                "SELECT \"a;\n;",
                "SELECT `a;",
                "SELECT 1 /* a;",
                "SELECT 1 -- ;"
            })
    void goesOnWithoutOne(String text) {
        assertThat(Script.of(text).isEnded()).isFalse();
    }
}
