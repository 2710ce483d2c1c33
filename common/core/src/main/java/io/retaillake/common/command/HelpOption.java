package io.retaillake.common.command;

import picocli.CommandLine.Option;

/** The option that shows a command's help. */
final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this and exit")
    private boolean requested;

    boolean isRequested() {
        return requested;
    }
}
