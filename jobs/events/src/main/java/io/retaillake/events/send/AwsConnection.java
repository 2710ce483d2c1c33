package io.retaillake.events.send;

import io.retaillake.common.command.CommandException;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * How a service of AWS is reached; the credentials are those that the SDK finds.
 *
 * @param region null: the SDK's default
 * @param endpointUrl another server than AWS's; null: AWS's
 */
record AwsConnection(String region, URI endpointUrl) {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /**
     * A client that repeats nothing by itself, for repetitions are counted here.
     *
     * @throws CommandException exit code 2 if no region is configured
     */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        builder.httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER));
        builder.overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (region != null) {
            builder.region(Region.of(region));
        }
        if (endpointUrl != null) {
            builder.endpointOverride(endpointUrl);
        }
        try {
            return builder.build();
        } catch (SdkException e) {
            throw new CommandException(
                    CommandException.BAD_ARGUMENTS,
                    "no AWS region is configured\nGive --region, set AWS_REGION, or AWS_PROFILE to a profile that has one.",
                    e);
        }
    }
}
