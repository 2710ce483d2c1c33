package io.retaillake.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
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

    @Command(name = "wordy")
    static final class Wordy {
        @Option(
                names = "--lake",
                paramLabel = "<uri>",
                description =
                        "The lake, a folder or a bucket, of which this says more than would ever fit into one line"
                                + " of a terminal, however wide that one may be.")
        String lake;
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

    @Test
    void isHelpfulWithinTheTerminalsWidth() {
        assertThat(widestLineOfHelp("80")).isBetween(70, 80);
        assertThat(widestLineOfHelp("200")).isBetween(100, 110);
        assertThat(widestLineOfHelp("0")).as("no terminal").isBetween(100, 110);
    }

    private static int widestLineOfHelp(String columns) {
        String before = System.getProperty("retail-lake.columns");
        System.setProperty("retail-lake.columns", columns);
        try {
            String help = Arguments.commandLine(new Wordy()).getUsageMessage(Ansi.OFF);
            return help.lines().mapToInt(String::length).max().orElseThrow();
        } finally {
            if (before == null) {
                System.clearProperty("retail-lake.columns");
            } else {
                System.setProperty("retail-lake.columns", before);
            }
        }
    }

    private List<String> parse(String... arguments) {
        return Arguments.problems(Arguments.commandLine(parent), arguments);
    }
}
