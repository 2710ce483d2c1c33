package io.retaillake.jobs.logs;

import io.retaillake.common.job.JobException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The collector's folder, here or in a bucket: its turns, and the objects that they have written. It is read only. */
final class LogFolder {

    private static final Logger LOG = LoggerFactory.getLogger(LogFolder.class);
    private static final int REQUESTS_AT_ONCE = 16;
    private static final Pattern TURN = Pattern.compile("(\\d{10})\\.json\\.gz");

    private final String location;
    private final Path data;
    private final Path turns;
    private final FileSystem fileSystem;

    private LogFolder(String location, FileSystem fileSystem) {
        this.location = location;
        this.data = new Path(location + "/data/logs");
        this.turns = new Path(location + "/turns");
        this.fileSystem = fileSystem;
    }

    /**
     * Opens it.
     *
     * @param location as {@code LakeSettings} writes a root
     * @throws JobException exit code 2 where nothing is there, 4 where it can't be reached
     */
    static LogFolder open(String location, Configuration hadoop) {
        try {
            LogFolder folder = new LogFolder(location, new Path(location + "/").getFileSystem(hadoop));
            boolean isThere = folder.fileSystem.exists(new Path(location))
                    && (folder.fileSystem.exists(folder.data) || folder.fileSystem.exists(folder.turns));
            if (!isThere) {
                throw JobException.badArguments(
                        "There are no access logs in " + location + ": neither data/logs nor turns."
                                + "\nName with --logs the folder that the collector was given.");
            }
            return folder;
        } catch (IOException e) {
            throw unreachable(location, e);
        }
    }

    /** The turns whose logs are there, in ascending order. */
    List<Long> turns() {
        List<Long> numbers = new ArrayList<>();
        try {
            for (FileStatus file : fileSystem.listStatus(turns)) {
                Matcher name = TURN.matcher(file.getPath().getName());
                if (name.matches()) {
                    numbers.add(Long.valueOf(name.group(1)));
                }
            }
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw unreachable(location, e);
        }
        return numbers.stream().sorted().toList();
    }

    /**
     * What some turns say that they write, in their order; nothing of one that is removed meanwhile.
     *
     * @throws JobException exit code 3 naming every turn whose log is damaged
     */
    List<TurnLog> logs(List<Long> numbers) {
        List<TurnLog> logs = atOnce(numbers.stream()
                        .map(number ->
                                (Callable<Optional<TurnLog>>) () -> TurnLog.read(fileSystem, turnPath(number), number))
                        .toList())
                .stream()
                .flatMap(Optional::stream)
                .toList();
        List<String> damaged =
                logs.stream().flatMap(log -> log.damage().stream()).toList();
        if (!damaged.isEmpty()) {
            throw JobException.badData("Logs of the collector's turns can't be read; nothing was written.\n- "
                    + String.join("\n- ", damaged)
                    + "\nPut them back, or delete them: then the objects are found by listing all of them, and whether one is"
                    + " missing is not noticed.");
        }
        return logs;
    }

    /** The objects that a turn's log names, whether they are there or not; their lengths are not known. */
    List<LogObject> objects(TurnLog log) {
        return log.objects().stream()
                .flatMap(path -> LogObject.of(location + "/" + path, 0).stream())
                .toList();
    }

    private Path turnPath(long number) {
        return new Path(turns, String.format(Locale.ROOT, "%010d.json.gz", number));
    }

    /** The objects of all days. Costs a listing for each day, some at once. */
    List<LogObject> objects() {
        List<Path> days = folders(folders(folders(List.of(data))));
        return inFolders(days);
    }

    /** The objects of some days, as those that there are. */
    List<LogObject> objects(Collection<LocalDate> days) {
        return inFolders(days.stream()
                .map(day -> new Path(
                        data,
                        String.format(
                                "year=%04d/month=%02d/day=%02d",
                                day.getYear(), day.getMonthValue(), day.getDayOfMonth())))
                .toList());
    }

    private List<Path> folders(List<Path> parents) {
        return atOnce(parents.stream()
                        .map(parent -> (Callable<List<Path>>) () -> list(parent))
                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<Path> list(Path parent) throws IOException {
        List<Path> folders = new ArrayList<>();
        try {
            for (FileStatus child : fileSystem.listStatus(parent)) {
                if (child.isDirectory()) {
                    folders.add(child.getPath());
                }
            }
        } catch (FileNotFoundException e) {
            LOG.info("{} is not there", parent);
        }
        return folders;
    }

    private List<LogObject> inFolders(List<Path> days) {
        return atOnce(days.stream()
                        .map(day -> (Callable<List<LogObject>>) () -> inFolder(day))
                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<LogObject> inFolder(Path day) throws IOException {
        List<LogObject> objects = new ArrayList<>();
        try {
            RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(day, true);
            while (files.hasNext()) {
                LocatedFileStatus file = files.next();
                Optional<LogObject> object = LogObject.of(file.getPath().toString(), file.getLen());
                object.ifPresentOrElse(
                        objects::add,
                        () -> LOG.warn("{} is no object of the collector's and is left out", file.getPath()));
            }
        } catch (FileNotFoundException e) {
            LOG.debug("{} is not there", day);
        }
        return objects;
    }

    private <T> List<T> atOnce(List<Callable<T>> requests) {
        ExecutorService threads = Executors.newFixedThreadPool(REQUESTS_AT_ONCE);
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The listing of " + location + " was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause
                    ? unreachable(location, cause)
                    : new IllegalStateException("The listing of " + location + " failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static JobException unreachable(String location, IOException e) {
        return JobException.outsideSystem(
                "The access logs in " + location + " can't be reached: " + e.getMessage()
                        + "\nCheck --logs, the credentials and the network; then run it again.",
                e);
    }

    @Override
    public String toString() {
        return location;
    }
}
