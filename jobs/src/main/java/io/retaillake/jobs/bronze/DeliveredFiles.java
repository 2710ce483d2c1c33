package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;

import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import io.retaillake.common.source.SourceCatalog;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Avro files with purchases, wherever they come from. The schema of each is compared with the contract, because Spark takes
 * one file's for all and reads nulls where another file lacks a column. Values come from files only, never from the names of
 * folders.
 */
final class DeliveredFiles {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveredFiles.class);
    private static final int OPEN_AT_ONCE = 16;
    private static final int MOST_NAMED = 3;

    private DeliveredFiles() {}

    /**
     * The files' purchases, with the source's columns.
     *
     * @param files a file, a folder (with all its subfolders) or a pattern
     * @throws JobException exit code 2 when there are none, exit code 3 naming every file and column that is not as the
     *     contract says
     */
    static Dataset<Row> read(SparkSession spark, String files) {
        Dataset<Row> purchases;
        List<String> locations;
        try {
            purchases = spark.read()
                    .format("avro")
                    .schema(sourceSchema())
                    // Without it, Spark would put store_cd=S1 in a folder's name in the place of the files' values.
                    .option("recursiveFileLookup", "true")
                    .option("ignoreCorruptFiles", "false")
                    .option("ignoreMissingFiles", "false")
                    .load(files);
            locations = locations(purchases);
        } catch (Exception e) {
            // Spark throws a checked exception that its Java signature doesn't declare.
            throw unreadable(files, e);
        }
        if (locations.isEmpty()) {
            throw JobException.badArguments("There is no file in " + files
                    + "\nCheck --files; files whose names begin with '_' or '.' are not read.");
        }
        Configuration hadoop = spark.sessionState().newHadoopConf();
        requireContract(files, ofEach(locations, location -> DeliveredFile.open(location, hadoop)));
        return purchases;
    }

    private static StructType sourceSchema() {
        return new StructType(SourceCatalog.sourceColumns(PURCHASE).stream()
                .map(column -> new StructField(column.name(), column.type(), true, Metadata.empty()))
                .toArray(StructField[]::new));
    }

    private static List<String> locations(Dataset<Row> purchases) {
        return Arrays.stream(purchases.inputFiles()).sorted().toList();
    }

    /** Something that is done with a file. */
    private interface FileCheck<T> {
        T check(String location) throws IOException;
    }

    /** What {@code check} says of each file, some at once. */
    private static <T> List<T> ofEach(List<String> locations, FileCheck<T> check) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(OPEN_AT_ONCE, locations.size()));
        try {
            List<Callable<T>> checks = locations.stream()
                    .map(location -> (Callable<T>) () -> check.check(location))
                    .toList();
            return threads.invokeAll(checks).stream().map(DeliveredFiles::get).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The check of the delivered files was interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T get(Future<T> checked) {
        try {
            return checked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The check of the delivered files was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A delivered file can't be read", e.getCause());
        }
    }

    private static void requireContract(String files, List<DeliveredFile> delivered) {
        List<String> differences = lines(delivered, DeliveredFile::differences);
        if (!differences.isEmpty()) {
            throw JobException.badData("The files " + files
                    + " are not what the contract says; nothing was imported.\n- " + String.join("\n- ", differences)
                    + "\nDeliver them with these columns, or give other --files.");
        }
        lines(delivered, DeliveredFile::furtherColumns)
                .forEach(line -> LOG.warn("The contract lacks a column of the files, which is ignored. {}", line));
    }

    /** What is said of the files, each once, with the files that it is said of. */
    private static List<String> lines(List<DeliveredFile> delivered, Function<DeliveredFile, List<String>> said) {
        Map<String, List<String>> locations = new LinkedHashMap<>();
        for (DeliveredFile file : delivered) {
            said.apply(file)
                    .forEach(line -> locations.merge(
                            line,
                            List.of(file.location()),
                            (some, more) ->
                                    Stream.concat(some.stream(), more.stream()).toList()));
        }
        return locations.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + named(entry.getValue()))
                .toList();
    }

    private static String named(List<String> locations) {
        int more = locations.size() - MOST_NAMED;
        return String.join(", ", locations.subList(0, Math.min(MOST_NAMED, locations.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /**
     * Explains which files are damaged behind their headers, if that may be why {@code failure} came. Then all files are read once
     * more, here.
     *
     * @param purchases what {@link #read} returned
     */
    static Optional<JobException> explainDamage(Throwable failure, Dataset<Row> purchases) {
        if (!DamagedFile.mayBeWhy(failure)) {
            return Optional.empty();
        }
        Configuration hadoop = purchases.sparkSession().sessionState().newHadoopConf();
        List<String> damaged = ofEach(locations(purchases), location -> DamagedFile.find(location, hadoop)).stream()
                .flatMap(Optional::stream)
                .map(file -> file.location() + " (" + file.why() + ")")
                .toList();
        return damaged.isEmpty()
                ? Optional.empty()
                : Optional.of(JobException.badData("Delivered files are damaged or cut off; nothing was imported.\n- "
                        + String.join("\n- ", damaged)
                        + "\nDeliver them again, then repeat the run with the same --run-id."));
    }

    private static JobException unreadable(String files, Exception e) {
        Throwable innermost = Failures.causes(e).reduce((outer, inner) -> inner).orElse(e);
        String why = Failures.find(e, AnalysisException.class)
                .map(AnalysisException::getSimpleMessage)
                .orElseGet(() -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        String message = "The files " + files + " can't be read: " + why;
        if (isOfNetwork(innermost)) {
            return JobException.outsideSystem(
                    message + "\nCheck --files, and that the network lets this machine reach what holds them.", e);
        }
        return JobException.badArguments(message + "\nCheck --files; allowed: a file, a folder or a pattern, in which a"
                + " backslash before * ? [ ] { } makes it a part of the name.");
    }

    private static boolean isOfNetwork(Throwable failure) {
        return failure instanceof SocketException
                || failure instanceof SocketTimeoutException
                || failure instanceof UnknownHostException;
    }
}
