package io.retaillake.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

class ArgumentsTest {

    @Command(name = "tool", subcommands = Show.class)
    static final class Tool {

        @Option(names = "--region", scope = ScopeType.INHERIT, defaultValue = "here")
        private String region;

        @Option(names = "--limit", scope = ScopeType.INHERIT, defaultValue = "5")
        private int limit;
    }

    @Command(name = "show")
    static final class Show {}

    private Tool tool;

    @BeforeEach
    void make() {
        tool = new Tool();
    }

    @Test
    void takesACommandsOptionBehindItsSubcommand() {
        assertThat(problems("show", "--region", "there")).isEmpty();
        assertThat(tool.region).isEqualTo("there");
    }

    @Test
    void takesTheDefaultOfAnOptionThatCannotBeReadBehindASubcommandAndKeepsTheOthers() {
        assertThat(problems("show", "--limit", "many", "--region", "there"))
                .singleElement()
                .asString()
                .contains("--limit");
        assertThat(tool.limit).isEqualTo(5);
        assertThat(tool.region).isEqualTo("there");
    }

    private List<String> problems(String... arguments) {
        return Arguments.problems(Arguments.commandLine(tool), arguments);
    }
}
