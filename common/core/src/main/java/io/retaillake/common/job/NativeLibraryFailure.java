package io.retaillake.common.job;

import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Explains why SQLite's, Zstandard's or Snappy's native library could not be loaded. Each unpacks itself into the folder of temporary
 * files, and runs from there.
 */
public final class NativeLibraryFailure {

    private static final List<String> MESSAGES = List.of("No native library found", "FAILED_TO_LOAD_NATIVE_LIBRARY");
    private static final long SMALLEST_SPACE_BYTES = 16L << 20;

    private NativeLibraryFailure() {}

    /** What a person is told, exit code 4; empty where {@code failure} is about something else. */
    public static Optional<JobException> explain(String job, Throwable failure) {
        return explain(job, failure, new File(System.getProperty("java.io.tmpdir")));
    }

    public static Optional<JobException> explain(String job, Throwable failure, File temporary) {
        return Failures.causes(failure)
                .flatMap(cause -> Stream.concat(Stream.of(cause), Stream.of(cause.getSuppressed())))
                .filter(NativeLibraryFailure::isOfLibrary)
                .reduce((outer, inner) -> inner)
                .map(cause -> JobException.outsideSystem(
                        job + " could not load a native library from the folder of temporary files " + temporary + ", "
                                + reason(temporary) + ": " + cause.getMessage()
                                + ".\nName a folder that can be written and from which programs run: -Djava.io.tmpdir=<folder> for the"
                                + " driver and the executors. The commands in bin/ use .work/tmp in the project's folder: make .work a"
                                + " link to a folder elsewhere.",
                        failure));
    }

    private static boolean isOfLibrary(Throwable cause) {
        return cause instanceof UnsatisfiedLinkError
                || MESSAGES.stream().anyMatch(String.valueOf(cause.getMessage())::contains);
    }

    private static String reason(File temporary) {
        if (!temporary.isDirectory()) {
            return "which does not exist";
        }
        if (!temporary.canWrite()) {
            return "where this user may not write";
        }
        return temporary.getUsableSpace() < SMALLEST_SPACE_BYTES
                ? "which is full"
                : "which is probably mounted noexec, so that no program runs from it";
    }
}
