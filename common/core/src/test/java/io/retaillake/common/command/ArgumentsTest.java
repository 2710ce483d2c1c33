package io.retaillake.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

class ArgumentsTest {

    @Command(subcommands = Child.class)
    static final class Parent {
        @Option(names = "--region", scope = ScopeType.INHERIT)
        private String region;

        @Option(names = "--tries", scope = ScopeType.INHERIT)
        private int tries = 3;
    }

    @Command(name = "child")
    static final class Child {
        @Option(names = "--all", required = true)
        boolean all;
    }

    private final Parent parent = new Parent();

    @Test
    void keepsAnInheritedOptionThatIsTypedBehindTheSubcommand() {
        assertThat(parse("child", "--all", "--region", "eu-west-1", "--tries", "7"))
                .isEmpty();

        assertThat(parent.region).isEqualTo("eu-west-1");
        assertThat(parent.tries).isEqualTo(7);
    }

    @Test
    void keepsAnInheritedOptionThatIsTypedBeforeTheSubcommand() {
        assertThat(parse("--region", "eu-west-1", "child", "--all")).isEmpty();

        assertThat(parent.region).isEqualTo("eu-west-1");
    }

    @Test
    void givesAnUnreadableInheritedOptionItsDefault() {
        assertThat(parse("child", "--all", "--region", "eu-west-1", "--tries", "many"))
                .hasSize(1);

        assertThat(parent.region).isEqualTo("eu-west-1");
        assertThat(parent.tries).isEqualTo(3);
    }

    private List<String> parse(String... arguments) {
        return Arguments.problems(Arguments.commandLine(parent), arguments);
    }
}
