package io.retaillake.common.secret;

import io.retaillake.common.command.ShellWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A file that holds a secret. */
public final class SecretFileReader {

    /** Files that this process has warned of; a secret is read for each connection. */
    private static final Set<Path> WARNED_OF = ConcurrentHashMap.newKeySet();

    private SecretFileReader() {}

    /**
     * Its content. The first time, a file that its group or others may read is warned of on standard error.
     *
     * @throws IOException when it can't be read
     */
    public static String read(Path file) throws IOException {
        String content = Files.readString(file);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            boolean isOthers = permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ);
            if (isOthers && WARNED_OF.add(file.toAbsolutePath())) {
                System.err.println("warning the secret file:" + file + " can be read by others than its owner ("
                        + PosixFilePermissions.toString(permissions) + "). Type: chmod 600 "
                        + ShellWords.quoted(file.toString()));
            }
        }
        return content;
    }
}
