package io.retaillake.common.source;

import io.retaillake.common.job.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * The certificate authorities of Amazon RDS, which travel in the job jar: a file that is only handed to the driver would be
 * missing on the executors. The PostgreSQL driver wants a file, so each JVM unpacks them to one of its own.
 */
final class RdsAuthorities {

    /** What {@code --ssl-root-cert} says to choose them for a host whose name isn't Amazon's. */
    static final String NAME = "rds";

    private static final String RESOURCE = "rds-authorities.pem";

    private RdsAuthorities() {}

    /** Whether the host is an RDS database's, an Aurora cluster's or an RDS proxy's own name. */
    static boolean cover(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".rds.amazonaws.com") || name.endsWith(".rds.amazonaws.com.cn");
    }

    /** The unpacked file; the same one as long as the JVM lives. */
    static Path file() {
        return Unpacked.FILE;
    }

    static InputStream open() {
        return RdsAuthorities.class.getResourceAsStream(RESOURCE);
    }

    private static final class Unpacked {

        static final Path FILE = unpack();

        private static Path unpack() {
            try (InputStream in = open()) {
                Path file = Files.createTempFile("rds-authorities", ".pem");
                file.toFile().deleteOnExit();
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                return file;
            } catch (IOException e) {
                throw JobException.outsideSystem(
                        "RDS's certificate authorities can't be unpacked to the temporary folder: " + e
                                + "\nMake java.io.tmpdir writable, or name a PEM file with --ssl-root-cert.",
                        e);
            }
        }
    }
}
