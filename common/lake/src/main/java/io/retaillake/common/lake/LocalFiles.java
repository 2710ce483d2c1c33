package io.retaillake.common.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local files, with its checksums. Without its native library, which Maven does not bring, Hadoop starts a {@code chmod} for each
 * file that it creates and for the file of its checksums, and an {@code ls} for each file of a recursive listing, which takes longer than to
 * write or read a small one; here Java sets permissions and reads them.
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

        @Override
        public FileStatus getFileStatus(Path path) throws IOException {
            // It has asked for neither permissions nor owner yet.
            FileStatus status = super.getFileStatus(path);
            try {
                PosixFileAttributes attributes =
                        Files.readAttributes(pathToFile(path).toPath(), PosixFileAttributes.class);
                return new FileStatus(
                        status.getLen(),
                        status.isDirectory(),
                        status.getReplication(),
                        status.getBlockSize(),
                        status.getModificationTime(),
                        status.getAccessTime(),
                        FsPermission.valueOf("-" + PosixFilePermissions.toString(attributes.permissions())),
                        attributes.owner().getName(),
                        attributes.group().getName(),
                        status.getPath());
            } catch (NoSuchFileException e) {
                throw (FileNotFoundException) new FileNotFoundException(path + " does not exist").initCause(e);
            } catch (UnsupportedOperationException e) {
                return status;
            }
        }
    }
}
