package io.retaillake.common.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local files, with its checksums. Without its native library, which Maven does not bring, Hadoop starts a {@code chmod} for each
 * file that it creates and for the file of its checksums, which takes longer than to write a small one; here Java sets permissions.
 */
public final class LocalFiles extends LocalFileSystem {

    /** Created by Hadoop, which knows its name. */
    public LocalFiles() {
        super(new RawFiles());
    }

    private static final class RawFiles extends RawLocalFileSystem {

        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            if (permission.getStickyBit()) {
                super.setPermission(path, permission);
                return;
            }
            try {
                Files.setPosixFilePermissions(
                        pathToFile(path).toPath(),
                        PosixFilePermissions.fromString(permission.getUserAction().SYMBOL
                                + permission.getGroupAction().SYMBOL
                                + permission.getOtherAction().SYMBOL));
            } catch (UnsupportedOperationException e) {
                super.setPermission(path, permission);
            }
        }
    }
}
