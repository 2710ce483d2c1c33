package io.retaillake.logs;

import io.retaillake.common.job.AwsFailure;
import io.retaillake.common.job.JobException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects of S3 below a prefix. Of several that write one at once, one does: {@code If-None-Match: *}. */
public final class S3LogStore implements LogStore {

    private static final int PRECONDITION_FAILED = 412;

    /** Another request for the same name is under way; its outcome is not known yet. */
    private static final int CONFLICT = 409;

    private static final int CONFLICT_ATTEMPTS = 20;
    private static final long CONFLICT_PAUSE_MILLIS = 100;

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /** Objects of {@code bucket} whose keys begin with {@code prefix}: empty, or ending with a slash. */
    public S3LogStore(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /**
     * A client as the environment, or else the system's properties, say: credentials, AWS_REGION, and AWS_ENDPOINT_URL_S3 for another server than
     * AWS's.
     */
    public static S3Client client() {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .forcePathStyle(isOtherServer())
                // Other servers don't know the checksums that are new.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .overrideConfiguration(settings -> settings.addExecutionInterceptor(new UnaskedWrites()))
                .build();
    }

    /**
     * Sends what is written without asking for leave first. The HTTP client that waits for the leave throws what the SDK doesn't take for a lost
     * connection, so that it would not repeat the request.
     */
    private static final class UnaskedWrites implements ExecutionInterceptor {

        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            return context.httpRequest().copy(request -> request.removeHeader("Expect"));
        }
    }

    private static boolean isOtherServer() {
        return System.getenv("AWS_ENDPOINT_URL_S3") != null
                || System.getenv("AWS_ENDPOINT_URL") != null
                || System.getProperty("aws.endpointUrlS3") != null;
    }

    @Override
    public boolean createNew(String name, byte[] bytes) {
        return call("writing", name, () -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    client.putObject(
                            request -> request.bucket(bucket).key(prefix + name).ifNoneMatch("*"),
                            RequestBody.fromBytes(bytes));
                    return true;
                } catch (S3Exception e) {
                    if (e.statusCode() == PRECONDITION_FAILED) {
                        // The SDK repeats a request whose answer it has not got, and then meets what it has written
                        // itself.
                        return read(name)
                                .filter(there -> Arrays.equals(there, bytes))
                                .isPresent();
                    }
                    if (e.statusCode() != CONFLICT || attempt == CONFLICT_ATTEMPTS) {
                        throw e;
                    }
                    pause();
                }
            }
        });
    }

    private static void pause() {
        try {
            Thread.sleep(CONFLICT_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<byte[]> read(String name) {
        return call("reading", name, () -> {
            try {
                return Optional.of(client.getObjectAsBytes(
                                request -> request.bucket(bucket).key(prefix + name))
                        .asByteArray());
            } catch (NoSuchKeyException e) {
                return Optional.<byte[]>empty();
            }
        });
    }

    @Override
    public List<String> list(String folder) {
        return call(
                "listing",
                folder,
                () ->
                        client
                                .listObjectsV2Paginator(
                                        request -> request.bucket(bucket).prefix(prefix + folder))
                                .contents()
                                .stream()
                                .map(S3Object::key)
                                .map(key -> key.substring(prefix.length()))
                                .sorted()
                                .toList());
    }

    @Override
    public void delete(String name) {
        call(
                "removing",
                name,
                () -> client.deleteObject(request -> request.bucket(bucket).key(prefix + name)));
    }

    private <T> T call(String doing, String name, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            String what = doing + " s3://" + bucket + '/' + prefix + name;
            throw AwsFailure.explain("The collector, " + what + ',', e, "")
                    .orElseGet(() -> JobException.outsideSystem("The collector failed at " + what + ": " + e, e));
        }
    }
}
