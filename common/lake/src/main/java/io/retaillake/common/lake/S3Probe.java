package io.retaillake.common.lake;

import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks S3 for a lake before a job begins, so that a wrong bucket, region or key is one clear message within seconds. */
final class S3Probe {

    private static final Logger LOG = LoggerFactory.getLogger(S3Probe.class);

    private S3Probe() {}

    /**
     * Lists the lake's root; that it is empty is fine. Costs one to three requests. To look it up would ask nothing of a bucket's
     * root, which S3A takes for a folder without asking.
     *
     * @throws JobException exit code 4 when there is no answer, no such bucket, or no permission
     */
    static void requireReachable(String root, Configuration hadoop) {
        Configuration impatient = new Configuration(hadoop);
        impatient.set("fs.s3a.attempts.maximum", "3");
        impatient.set("fs.s3a.retry.limit", "2");
        // A cached file system would repeat as often as the job's.
        try (FileSystem fileSystem = FileSystem.newInstance(URI.create(root + "/"), impatient)) {
            boolean isEmpty =
                    !fileSystem.listStatusIterator(new Path(root + "/")).hasNext();
            LOG.debug("{} {}", root, isEmpty ? "is empty" : "is there");
        } catch (FileNotFoundException e) {
            if (saysNoSuchBucket(e)) {
                throw unreachable(root, e);
            }
        } catch (IOException e) {
            throw unreachable(root, e);
        }
    }

    private static boolean saysNoSuchBucket(IOException e) {
        return Failures.causes(e)
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("NoSuchBucket"));
    }

    private static JobException unreachable(String root, IOException e) {
        String advice;
        if (e.getClass().getSimpleName().equals("UnknownStoreException") || saysNoSuchBucket(e)) {
            advice = "There is no such bucket. Check --lake, the region (AWS_REGION) and the endpoint.";
        } else if (Failures.causes(e)
                .anyMatch(cause -> cause.getClass().getSimpleName().equals("NoAuthWithAWSException")
                        || String.valueOf(cause.getMessage()).contains("Unable to load AWS credentials"))) {
            advice = "No AWS credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and"
                    + " AWS_SESSION_TOKEN) or AWS_PROFILE in the environment, or give the machine a role. S3 can't use a"
                    + " profile that signs in by SSO; type eval \"$(aws configure export-credentials --format env)\" then.";
        } else if (e instanceof AccessDeniedException) {
            advice = "S3 refuses these credentials. Check that the keys are right and not expired, and that they may"
                    + " list the bucket and read, write and delete below the lake.";
        } else {
            advice = "Check the region (AWS_REGION), the endpoint (AWS_ENDPOINT_URL_S3, for another server than AWS's)"
                    + " and the network.";
        }
        Throwable innermost = Failures.causes(e).reduce((outer, inner) -> inner).orElse(e);
        return JobException.outsideSystem(
                "The lake " + root + " can't be reached: " + innermost.getMessage() + "\n" + advice, e);
    }
}
