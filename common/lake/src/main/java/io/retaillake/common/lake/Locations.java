package io.retaillake.common.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Compares places that are written in several ways: {@code file:/} and {@code file:///}, {@code s3:} and {@code s3a:}, symbolic links. */
public final class Locations {

    private static final String LOCAL = "file://";

    private Locations() {}

    /** Whether both are one place. A local folder is the same by whichever symbolic link it is named; it need not exist. */
    static boolean areSame(String one, String other) {
        String first = normalized(one);
        String second = normalized(other);
        return first.equals(second)
                || (first.startsWith(LOCAL)
                        && second.startsWith(LOCAL)
                        && real(first).equals(real(second)));
    }

    /** Whether {@code location} is {@code folder}, or lies below it, by whichever symbolic links they are named. */
    public static boolean isWithin(String folder, String location) {
        String outer = normalized(folder);
        String inner = normalized(location);
        return (inner + "/").startsWith(outer + "/")
                || (outer.startsWith(LOCAL)
                        && inner.startsWith(LOCAL)
                        && real(inner).startsWith(real(outer)));
    }

    /** What follows {@code folder} in the name of a file below it, without a leading slash; nothing of a file elsewhere. */
    static Optional<String> below(String folder, String file) {
        String start = normalized(folder) + "/";
        String name = normalized(file);
        return name.startsWith(start) ? Optional.of(name.substring(start.length())) : Optional.empty();
    }

    /** The one way to write a place, with the scheme that tables have. */
    public static String normalized(String location) {
        URI uri = new Path(location).toUri();
        if (uri.getScheme() == null || uri.getScheme().equals("file")) {
            return LOCAL + java.nio.file.Path.of(uri.getPath()).toAbsolutePath().normalize();
        }
        return uri.getScheme().replaceFirst("^s3[an]$", "s3") + "://" + uri.getAuthority()
                + uri.getPath().replaceAll("/+$", "");
    }

    private static java.nio.file.Path real(String normalized) {
        java.nio.file.Path path = java.nio.file.Path.of(normalized.substring(LOCAL.length()));
        java.nio.file.Path there = path;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        try {
            return there.toRealPath().resolve(there.relativize(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
