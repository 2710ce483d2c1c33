package io.retaillake.common.lake;

import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.common.registry.TableRegistry;
import java.io.FileNotFoundException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.iceberg.exceptions.NotFoundException;

/** Tells what to do about files of a table that are gone or are not what was written. */
public final class DamagedTable {

    private static final int MOST_FILES_NAMED = 20;
    private static final List<String> SCHEMES = List.of("file:/", "s3://");
    private static final Pattern END_OF_FILE_NAME = Pattern.compile("\\.(avro|parquet|metadata\\.json)");

    /** What an operating system says of itself or its disks, and Java often throws as if a file were gone. */
    private static final List<String> NO_DAMAGE = List.of(
            "Disk quota exceeded",
            "Input/output error",
            "No space left on device",
            "Permission denied",
            "Read-only file system",
            "Too many open files");

    static final String CAN_NOT_BE_READ = " can't be read: its content is not what was written";

    private static final String METADATA_PARSER = "org.apache.iceberg.TableMetadataParser";
    private static final int FRAMES_OF_DECODER = 6;
    private static final List<String> DECODERS = List.of(
            "com.github.luben.zstd",
            "org.apache.avro",
            "org.apache.parquet",
            "org.apache.spark.sql.avro",
            "org.apache.iceberg.avro",
            "org.apache.iceberg.parquet",
            METADATA_PARSER,
            "org.apache.iceberg.arrow",
            "org.apache.iceberg.shaded.org.apache.avro",
            "org.apache.iceberg.shaded.org.apache.parquet",
            "org.apache.iceberg.shaded.com.fasterxml",
            "org.apache.iceberg.spark.data",
            "io.retaillake.common.purchases.PurchaseBlock");

    private DamagedTable() {}

    /**
     * The failure to report.
     *
     * @param damages what is wrong with which file
     * @param cause how it was met; null where it was looked for
     */
    public static JobException exception(TableContract contract, List<String> damages, Throwable cause) {
        List<String> named = damages.stream().limit(MOST_FILES_NAMED).toList();
        String further =
                damages.size() > MOST_FILES_NAMED ? "\n- and " + (damages.size() - MOST_FILES_NAMED) + " more" : "";
        return JobException.outsideSystem(
                contract + " is damaged: files of it are not as they were written.\n- " + String.join("\n- ", named)
                        + further + "\nNo table was changed by what did not finish.\n" + advice(contract, damages),
                cause);
    }

    /**
     * Requires that what is read of a table is what was published.
     *
     * @throws JobException exit code 4 when it is not
     */
    public static void requireSame(TableContract contract, String published, String read) {
        if (!published.equals(read)) {
            throw exception(contract, List.of("published were " + published + "; read are " + read), null);
        }
    }

    /** The failure as one that a person can act on; none where no unreadable file of a table is among its causes. */
    public static Optional<JobException> explain(Throwable failure) {
        if (isOfStorage(failure)) {
            return Optional.empty();
        }
        boolean ofDecoder = isOfDecoder(failure);
        List<TableContract> contracts = TableRegistry.load().contracts();
        return Failures.causes(failure)
                .filter(cause -> ofDecoder || isDamage(cause))
                .flatMap(cause -> Stream.concat(
                                contracts.stream(), sqlTable(String.valueOf(cause.getMessage())).stream())
                        .flatMap(contract -> fileIn(String.valueOf(cause.getMessage()), contract)
                                .map(file -> exception(contract, List.of(describe(file, cause)), failure))
                                .stream()))
                .findFirst();
    }

    /** The table in whose folder a file that {@code message} names lies, if a user has defined it. */
    private static Optional<TableContract> sqlTable(String message) {
        return Stream.of(Layer.SILVER, Layer.GOLD)
                .flatMap(layer -> {
                    String folder = "/" + TableContract.sqlTablesFolder(layer) + "/";
                    int start = message.indexOf(folder) + folder.length();
                    int end = message.indexOf('/', start);
                    return start < folder.length() || end < 0
                            ? Stream.empty()
                            : Stream.of(TableContract.ofSqlTable(layer, message.substring(start, end)));
                })
                .findFirst();
    }

    /** Whether a file is gone, or is not what the checksums beside it say. */
    static boolean isOfFile(Throwable failure) {
        return !isOfStorage(failure) && Failures.causes(failure).anyMatch(DamagedTable::isDamage);
    }

    /** Whether a decoder of data files failed: what it got is not what an encoder gives. */
    public static boolean isOfDecoder(Throwable failure) {
        Throwable innermost =
                Failures.causes(failure).reduce((outer, inner) -> inner).orElse(failure);
        return !isOfStorage(failure)
                && !(innermost instanceof JobException)
                && !(innermost instanceof Error)
                && Stream.of(innermost.getStackTrace())
                        .limit(FRAMES_OF_DECODER)
                        .anyMatch(frame -> DECODERS.stream().anyMatch(frame.getClassName()::startsWith));
    }

    /** The same of a file that is JSON and no table's metadata, which Iceberg does not name; of the table in {@code folder}. */
    static Optional<JobException> explainNoMetadata(TableContract contract, String folder, RuntimeException failure) {
        boolean ofParser = !isOfStorage(failure)
                && Stream.of(failure.getStackTrace())
                        .limit(FRAMES_OF_DECODER)
                        .anyMatch(frame -> frame.getClassName().equals(METADATA_PARSER));
        return ofParser
                        && fileIn(String.valueOf(failure.getMessage()), contract)
                                .isEmpty()
                ? Optional.of(exception(
                        contract,
                        List.of(folder
                                + "/metadata/….metadata.json, the one that the catalog names, is no table's metadata: "
                                + failure.getMessage()),
                        failure))
                : Optional.empty();
    }

    private static boolean isDamage(Throwable cause) {
        return cause instanceof ChecksumException
                || cause instanceof FileNotFoundException
                || cause instanceof NotFoundException
                || String.valueOf(cause.getMessage()).contains("is not a Parquet file");
    }

    /** Whether the storage failed, whatever was made of that: Iceberg takes what can't be opened for what is gone. */
    private static boolean isOfStorage(Throwable failure) {
        return Failures.causes(failure)
                .anyMatch(cause -> cause instanceof InterruptedIOException
                        || cause instanceof SocketException
                        || NO_DAMAGE.stream().anyMatch(String.valueOf(cause.getMessage())::contains));
    }

    private static String describe(String file, Throwable cause) {
        return cause instanceof FileNotFoundException || cause instanceof NotFoundException
                ? file + " is gone"
                : file + CAN_NOT_BE_READ;
    }

    /** The name of the contract's file that {@code message} holds. */
    static Optional<String> fileIn(String message, TableContract contract) {
        int folder = Stream.of("/data/", "/metadata/")
                .mapToInt(part -> message.indexOf("/" + contract.folder() + part))
                .filter(index -> index >= 0)
                .findFirst()
                .orElse(-1);
        if (folder < 0) {
            return Optional.empty();
        }
        Matcher end = END_OF_FILE_NAME.matcher(message);
        if (!end.find(folder)) {
            return Optional.empty();
        }
        int start = SCHEMES.stream()
                .mapToInt(scheme -> message.lastIndexOf(scheme, folder))
                .max()
                .orElse(-1);
        return Optional.of(message.substring(Math.max(start, 0), end.end()));
    }

    private static String advice(TableContract contract, List<String> damages) {
        String putBack = "Put the files back from a backup and repeat the run with the same --run-id;\nor ";
        if (damages.stream().anyMatch(damage -> damage.contains("/metadata/")) || contract.layer() == Layer.OPS) {
            return putBack
                    + "return to the table's newest version that can be read: CheckLake --restore. Then make a new run"
                    + " of the whole pipeline (another --run-id, or none).";
        }
        if (contract.isDefinedInSql()) {
            return putBack
                    + "have the table written again in a new run (another --run-id, or none): BuildTable --table "
                    + contract.qualifiedName() + ". What a run has published is not written a second time.";
        }
        return putBack + "have " + writer(contract)
                + " write the table again in a new run of the whole pipeline (another --run-id, or none): what a run has"
                + " published is not written a second time.";
    }

    /** The jobs that publish the table, e.g. {@code ExtractPurchases (or ImportPurchases)}. */
    private static String writer(TableContract contract) {
        List<String> writers = JobRegistry.load().writersOf(contract.qualifiedName()).stream()
                .map(JobDefinition::name)
                .toList();
        return switch (writers.size()) {
            case 0 -> "the job that builds it";
            case 1 -> writers.get(0);
            default -> writers.get(0) + " (or " + String.join(", ", writers.subList(1, writers.size())) + ")";
        };
    }
}
