package io.retaillake.executions;

import io.retaillake.common.command.HttpUrl;
import io.retaillake.common.job.UrlCredentials;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every subcommand: which state machine, and how to reach AWS. */
final class ConnectionOptions {

    /** The environment variable that names the state machine. */
    static final String STATE_MACHINE_VARIABLE = "RETAIL_LAKEHOUSE_STATE_MACHINE";

    private static final String DEFAULT_STATE_MACHINE = "retail-lakehouse-pipeline";

    /** New regions come, so that only what can be part of a host's name is asked for. */
    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    @Option(
            names = "--state-machine",
            paramLabel = "ARN|NAME",
            scope = ScopeType.INHERIT,
            description = "the pipeline's state machine (default: " + STATE_MACHINE_VARIABLE
                    + " in the environment, else the one named " + DEFAULT_STATE_MACHINE + ")")
    private String stateMachine;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            scope = ScopeType.INHERIT,
            description = "AWS region (default: the ARN's, else the environment's or the profile's)")
    private String region;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "profile with the credentials (default: as the AWS CLI chooses)")
    private String profile;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "where Step Functions is, if not at AWS: an emulator, a private endpoint")
    private String endpoint;

    /** The settings; what is wrong goes to {@code problems}. */
    Connection connection(Map<String, String> environment, List<String> problems) {
        String machine = stateMachine;
        if (machine == null) {
            machine = environment.getOrDefault(STATE_MACHINE_VARIABLE, DEFAULT_STATE_MACHINE);
        }
        if (machine.startsWith("arn:") && StateMachine.parse(machine).isEmpty()) {
            problems.add("--state-machine is '" + machine + "'; give a name, or an ARN like"
                    + " arn:aws:states:ap-northeast-2:123456789012:stateMachine:" + DEFAULT_STATE_MACHINE
                    + " without version or alias");
        }
        if (region != null && !REGION.matcher(region).matches()) {
            problems.add("--region is '" + region + "'; give a region's name like ap-northeast-2");
        }
        return new Connection(machine, region, profile, endpoint(problems));
    }

    private URI endpoint(List<String> problems) {
        if (endpoint == null) {
            return null;
        }
        Optional<URI> url = HttpUrl.parse(endpoint);
        if (UrlCredentials.areIn(endpoint)) {
            problems.add(UrlCredentials.problem("--endpoint"));
        } else if (url.isEmpty()) {
            problems.add("--endpoint is '" + endpoint + "'; give a URL like http://localhost:4566");
        }
        return url.orElse(null);
    }

    /** The options as they were typed, to be typed again. */
    List<String> typed() {
        List<String> typed = new ArrayList<>();
        add(typed, "--state-machine", stateMachine);
        add(typed, "--region", region);
        add(typed, "--profile", profile);
        add(typed, "--endpoint", endpoint);
        return typed;
    }

    private static void add(List<String> typed, String name, String value) {
        if (value != null) {
            typed.add(name);
            typed.add(value);
        }
    }
}
