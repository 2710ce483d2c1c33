package io.retaillake.logs;

import io.retaillake.common.job.JobException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens the place that {@code --logs} names. */
public final class LogStores {

    private static final Pattern S3 = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/+(.*?))?/*");

    private LogStores() {}

    /** Whether {@code location} is a bucket's; it may still be none that is allowed. */
    static boolean isS3(String location) {
        return location.contains("://");
    }

    /** Whether {@code location} is {@code s3://bucket/prefix}, as {@link #open} takes it. */
    public static boolean isBucketLocation(String location) {
        return S3.matcher(location).matches();
    }

    /**
     * The store of a folder or of {@code s3://bucket/prefix}.
     *
     * @throws JobException exit code 2 for another URL, 4 if the folder can't be written to
     */
    public static LogStore open(String location) {
        if (!isS3(location)) {
            return new LocalLogStore(Path.of(location));
        }
        Matcher parts = S3.matcher(location);
        if (!parts.matches()) {
            throw JobException.badArguments("--logs is '" + location + "'; allowed: a folder, or s3://bucket/prefix");
        }
        String prefix = parts.group(2) == null || parts.group(2).isEmpty() ? "" : parts.group(2) + '/';
        return new S3LogStore(S3LogStore.client(), parts.group(1), prefix);
    }
}
