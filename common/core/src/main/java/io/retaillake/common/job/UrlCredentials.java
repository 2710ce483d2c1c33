package io.retaillake.common.job;

import java.util.regex.Pattern;

/** Finds credentials in what should be a plain address: logs, plans and tables repeat addresses. */
public final class UrlCredentials {

    private static final Pattern USER = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*@.*");

    /** A bucket has no port, so a colon divides a key from its secret, which may itself hold slashes. */
    private static final Pattern BUCKET_KEY = Pattern.compile("(?si)s3[an]?://[^/]*:.*");

    private UrlCredentials() {}

    /** Whether there is a user, with or without a password, before the host or bucket that {@code address} names. */
    public static boolean areIn(String address) {
        return USER.matcher(address).matches() || BUCKET_KEY.matcher(address).matches();
    }

    /** What to tell who gave {@code option} such an address; it does not repeat the address. */
    public static String problem(String option) {
        return option
                + " holds credentials, which logs and tables would repeat; give the address alone, and credentials"
                + " by the environment or a role";
    }
}
