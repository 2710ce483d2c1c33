package io.retaillake.executions;

import io.retaillake.common.command.ClosestName;
import io.retaillake.common.command.CommandException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/**
 * The pipeline's state machine at AWS. Each method is one operation (with its pages) and throws a {@link CommandException} with
 * exit code 4 that names it when AWS can't be reached or refuses.
 */
final class StepFunctions implements AutoCloseable {

    private static final int LIST_PAGE = 1000;

    private final SfnClient client;
    private final String endpoint;
    private final StateMachine machine;

    private StepFunctions(SfnClient client, Connection connection) {
        this.client = client;
        this.endpoint =
                connection.endpoint() == null ? null : connection.endpoint().toString();
        this.machine = StateMachine.parse(connection.stateMachine()).orElseGet(() -> find(connection.stateMachine()));
    }

    /** Connects, and finds the state machine if it is given by its name. */
    static StepFunctions connect(Connection connection, RetryStrategy retries) {
        SfnClientBuilder builder = SfnClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(credentials(connection))
                .overrideConfiguration(configuration -> configuration.retryStrategy(retries));
        if (connection.endpoint() != null) {
            builder.endpointOverride(connection.endpoint());
        }
        SfnClient client;
        try {
            client = builder.region(region(connection)).build();
        } catch (SdkException e) {
            throw AwsFailures.explain("the first call", null, e);
        }
        try {
            return new StepFunctions(client, connection);
        } catch (CommandException e) {
            client.close();
            throw e;
        }
    }

    /** A profile that is named comes before the environment's keys, as in the AWS CLI. */
    private static AwsCredentialsProvider credentials(Connection connection) {
        return connection.profile() == null
                ? DefaultCredentialsProvider.builder().build()
                : ProfileCredentialsProvider.create(connection.profile());
    }

    private static Region region(Connection connection) {
        if (connection.region() != null) {
            return Region.of(connection.region());
        }
        return StateMachine.parse(connection.stateMachine())
                .map(machine -> Region.of(machine.region()))
                .orElseGet(() -> DefaultAwsRegionProviderChain.builder()
                        .profileFile(ProfileFile::defaultProfileFile)
                        .profileName(connection.profile())
                        .build()
                        .getRegion());
    }

    private StateMachine find(String name) {
        List<StateMachineListItem> all = call(
                "ListStateMachines",
                () ->
                        client
                                .listStateMachinesPaginator(request -> request.maxResults(LIST_PAGE))
                                .stateMachines()
                                .stream()
                                .toList());
        return all.stream()
                .filter(item -> item.name().equals(name))
                .findFirst()
                .flatMap(item -> StateMachine.parse(item.stateMachineArn()))
                .orElseThrow(() -> new CommandException(
                        CommandException.BAD_ARGUMENTS,
                        "there is no state machine '" + name + "' in this account and region"
                                + ClosestName.of(
                                                name,
                                                all.stream()
                                                        .map(StateMachineListItem::name)
                                                        .toList())
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse(" (" + all.size() + " others are)")
                                + "\nGive --state-machine and --region, or deploy it with bin/deploy."));
    }

    StateMachine machine() {
        return machine;
    }

    /** Starts an execution; false if AWS refuses the name as used, which it does for 90 days after an execution's end. */
    boolean start(ExecutionName name) {
        return call("StartExecution", () -> {
            try {
                client.startExecution(request ->
                        request.stateMachineArn(machine.arn()).name(name.text()).input(name.input()));
                return true;
            } catch (ExecutionAlreadyExistsException e) {
                return false;
            }
        });
    }

    /** The execution; nothing if there is none of that name, or no longer. */
    Optional<DescribeExecutionResponse> describe(String name) {
        return call("DescribeExecution", () -> {
            try {
                return Optional.of(
                        client.describeExecution(request -> request.executionArn(machine.executionArn(name))));
            } catch (ExecutionDoesNotExistException e) {
                return Optional.empty();
            }
        });
    }

    /** At most {@code limit} executions, the latest first; those of one status unless that is null. */
    List<ExecutionListItem> executions(ExecutionStatus status, int limit) {
        return call(
                "ListExecutions",
                () -> client
                        .listExecutionsPaginator(request -> request.stateMachineArn(machine.arn())
                                .statusFilter(status)
                                .maxResults(Math.min(limit, LIST_PAGE)))
                        .executions()
                        .stream()
                        .limit(limit)
                        .toList());
    }

    /** Every execution that AWS still knows, the latest first. */
    List<ExecutionListItem> executions() {
        return executions(null, Integer.MAX_VALUE);
    }

    /** A page of an execution's events, the latest first; {@code token} is null for the first page. */
    GetExecutionHistoryResponse latestEvents(String name, int count, String token) {
        return call(
                "GetExecutionHistory",
                () -> client.getExecutionHistory(request -> request.executionArn(machine.executionArn(name))
                        .reverseOrder(true)
                        .includeExecutionData(true)
                        .maxResults(count)
                        .nextToken(token)));
    }

    void stop(String name, String error, String cause) {
        call(
                "StopExecution",
                () -> client.stopExecution(request -> request.executionArn(machine.executionArn(name))
                        .error(error)
                        .cause(cause)));
    }

    /** Redrives the execution; returns why AWS does not, if so. */
    Optional<String> redrive(String name) {
        return call("RedriveExecution", () -> {
            try {
                client.redriveExecution(request -> request.executionArn(machine.executionArn(name)));
                return Optional.empty();
            } catch (ExecutionNotRedrivableException e) {
                return Optional.of(String.valueOf(e.awsErrorDetails().errorMessage()));
            }
        });
    }

    private <T> T call(String operation, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw AwsFailures.explain(operation, endpoint, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
