package io.retaillake.jobs.ops.sql;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.UrlCredentials;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.lake.Locations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A folder of plain files with a query's result, for tools that read no Iceberg. It is there whole or not at all: files are written
 * into a folder beside it, which then gets its name. S3 renames file by file; there a folder is whole once it holds {@code _SUCCESS}.
 *
 * @param folder {@code file:///…} or {@code s3://bucket/prefix}
 */
record Export(String folder) {

    private static final String S3 = "s3://";
    private static final String COMPLETE = "_SUCCESS";

    /** The folder that {@code --export} names; empty after adding to {@code problems} what is wrong with it. */
    static Optional<Export> to(String folder, LakeSettings lake, Problems problems) {
        String allowed = "; allowed: a folder's path or s3://bucket/prefix";
        if (UrlCredentials.areIn(folder)) {
            problems.add(UrlCredentials.problem("--export"));
            return Optional.empty();
        }
        boolean s3 = folder.startsWith(S3);
        if (folder.isBlank() || (!s3 && folder.contains(":/")) || (s3 && !folder.matches("s3://[^/]+/.*[^/].*"))) {
            problems.add("--export is '" + folder + "'" + allowed);
            return Optional.empty();
        }
        try {
            String root = s3 ? folder.replaceAll("/+$", "") : LakeSettings.root(java.nio.file.Path.of(folder));
            if (lake != null && Locations.isWithin(lake.root(), root)) {
                problems.add(
                        "--export is '" + folder + "', which is in the lake; name a folder outside " + lake.root());
                return Optional.empty();
            }
            return Optional.of(new Export(root));
        } catch (InvalidPathException e) {
            problems.add("--export is '" + folder + "', which is not a path" + allowed);
            return Optional.empty();
        }
    }

    /**
     * Writes a result.
     *
     * @throws JobException exit code 2 where the folder holds something already
     */
    void write(Dataset<Row> result, ExportFormat format) {
        if (result.schema().isEmpty()) {
            throw JobException.badArguments("The statement has no result to export.\nGive a query.");
        }
        try {
            Path target = new Path(folder);
            FileSystem files =
                    target.getFileSystem(result.sparkSession().sessionState().newHadoopConf());
            requireEmpty(files, target);
            Path unfinished = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
            try {
                format.write(result, unfinished.toString());
                publish(files, unfinished, target);
            } finally {
                files.delete(unfinished, true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireEmpty(FileSystem files, Path target) throws IOException {
        FileStatus[] held = files.exists(target) ? files.listStatus(target) : new FileStatus[0];
        if (held.length > 0) {
            throw JobException.badArguments("--export " + folder + " is there and not empty; nothing was written."
                    + "\nName another folder, or delete this one.");
        }
    }

    /** Hadoop keeps a checksum beside each local file, where it hides it from itself only. */
    private static void deleteChecksums(FileSystem files, Path folder) throws IOException {
        if (files instanceof ChecksumFileSystem checked) {
            FileSystem disk = checked.getRawFileSystem();
            for (FileStatus checksum :
                    disk.listStatus(folder, file -> file.getName().endsWith(".crc"))) {
                disk.delete(checksum.getPath(), false);
            }
        }
    }

    private void publish(FileSystem files, Path unfinished, Path target) throws IOException {
        if (!folder.startsWith(S3)) {
            files.delete(new Path(unfinished, COMPLETE), false);
            deleteChecksums(files, unfinished);
            files.delete(target, false);
            if (!files.rename(unfinished, target)) {
                throw new IOException("can't rename " + unfinished + " to " + target);
            }
            return;
        }
        files.mkdirs(target);
        FileStatus[] written =
                files.listStatus(unfinished, file -> !file.getName().equals(COMPLETE));
        for (FileStatus file : written) {
            Path name = new Path(target, file.getPath().getName());
            if (!files.rename(file.getPath(), name)) {
                throw new IOException("can't rename " + file.getPath() + " to " + name);
            }
        }
        files.create(new Path(target, COMPLETE), false).close();
    }
}
