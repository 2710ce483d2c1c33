package io.retaillake.jobs.ops.report;

import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.Lake;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where reports lie in a lake, and how they get there: a reader sees the old page or the new one, never a part. */
final class ReportFile {

    private static final String FOLDER = "/data/factdata/gold/report/";

    private ReportFile() {}

    /**
     * Writes a run's page and the copy of it that is called {@code latest.html}.
     *
     * @return the first's URI
     * @throws JobException exit code 4 when the lake's storage refuses
     */
    static String write(Lake lake, String runId, String page) {
        String folder = lake.settings().root() + FOLDER;
        Path ofRun = new Path(folder + runId + ".html");
        // The session's own, which says how S3 is reached.
        Configuration configuration = lake.spark().sessionState().newHadoopConf();
        try (FileSystem files = FileSystem.newInstance(ofRun.toUri(), configuration)) {
            // Nobody reads the checksum files of a local folder.
            files.setWriteChecksum(false);
            replace(files, ofRun, page);
            replace(files, new Path(folder + "latest.html"), page);
        } catch (IOException e) {
            throw JobException.outsideSystem(
                    "The report " + ofRun + " can't be written: " + e
                            + "\nCheck that this user may write there, then repeat PublishReport with the same --run-id.",
                    e);
        }
        return ofRun.toString();
    }

    private static void replace(FileSystem files, Path file, String page) throws IOException {
        if (!"file".equals(files.getUri().getScheme())) {
            // An object store shows an object when it is complete; renaming there would copy, and not replace.
            write(files, file, page);
            return;
        }
        Path temporary = new Path(file.getParent(), "." + file.getName() + ".part");
        write(files, temporary, page);
        if (!files.rename(temporary, file)) {
            throw new IOException(temporary + " could not be renamed");
        }
    }

    private static void write(FileSystem files, Path file, String page) throws IOException {
        try (OutputStream out = files.create(file, true)) {
            out.write(page.getBytes(StandardCharsets.UTF_8));
        }
    }
}
