package io.retaillake.common.lake;

import io.retaillake.common.job.Problems;
import io.retaillake.common.job.UrlCredentials;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Options that name a folder, of this machine or of a bucket, are read in one way: as {@link LakeSettings#root} is written. */
public final class FolderOption {

    private static final String BUCKET_NAMES =
            "; allowed: 3 to 63 lower-case letters, digits, '-' and '.', the first and the last a letter or digit, no '_'";

    private FolderOption() {}

    /**
     * The root that an option's value names, or null after adding to {@code problems} what is wrong with it.
     *
     * @param option the option's name
     */
    public static String root(String option, String value, Problems problems) {
        String allowed = "; allowed: a folder's path, file:/… or s3://bucket[/prefix]";
        if (UrlCredentials.areIn(value)) {
            problems.add(UrlCredentials.problem(option));
            return null;
        }
        try {
            if (value.startsWith("s3://") || value.startsWith("file:")) {
                URI uri = URI.create(value);
                if (value.startsWith("s3://") && uri.getHost() == null) {
                    problems.add(
                            uri.getAuthority() == null
                                    ? option + " is '" + value + "' and names no bucket" + allowed
                                    : option + " is '" + value + "', and a bucket called '" + uri.getAuthority()
                                            + "' can't be reached, because its name is none for a host" + BUCKET_NAMES);
                }
                return value.startsWith("file:") ? LakeSettings.root(Path.of(uri)) : value.replaceAll("/+$", "");
            }
            if (value.isBlank() || value.contains("://")) {
                problems.add(option + " is '" + value + "'" + allowed);
                return null;
            }
            return LakeSettings.root(Path.of(value));
        } catch (IllegalArgumentException e) {
            String why = e instanceof InvalidPathException ? "not a path" : "not a URI";
            problems.add(option + " is '" + value + "', which is " + why + allowed);
            return null;
        }
    }
}
