package io.retaillake.common.lake;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.execution.datasources.SchemaColumnConvertNotSupportedException;

/**
 * The data files of a table's version beside what its metadata says of them. A file that was cut at the end of a block, or
 * that was put in another one's place, reads without an error, and gives other rows.
 */
public final class DataFiles {

    /** Spark takes a name that holds one of them for a pattern of many names, unless a backslash is before it. */
    private static final Pattern PATTERN_CHARACTER = Pattern.compile("[\\[\\]{}*?\\\\]");

    private DataFiles() {}

    /**
     * Requires that the files which hold {@code rows} of a snapshot are there and as long as they were written. Costs a
     * listing of the table's folder, and opens none of them.
     *
     * @throws JobException exit code 4 naming every file that is not
     */
    public static void requireIntact(Lake lake, TableContract contract, long snapshotId, Expression rows) {
        Table table = lake.find(contract).orElseThrow();
        List<String> damages = damages(table, snapshotId, rows);
        if (!damages.isEmpty()) {
            throw DamagedTable.exception(contract, damages, null);
        }
    }

    /** What is wrong with the files that hold {@code rows} of a snapshot, by presence and length; nothing if all is well. */
    static List<String> damages(Table table, long snapshotId, Expression rows) {
        Map<String, Long> bytesByPath = bytesByPath(table);
        List<String> damages = new ArrayList<>();
        for (DataFile file : of(table, snapshotId, rows)) {
            Long bytes = bytesByPath.get(FileLengths.path(file.location()));
            if (bytes == null) {
                damages.add(file.location() + " is gone");
            } else if (bytes != file.fileSizeInBytes()) {
                damages.add(
                        file.location() + " has " + bytes + " bytes and was written with " + file.fileSizeInBytes());
            }
        }
        return damages.stream().sorted().toList();
    }

    /**
     * Reads the files that hold {@code rows} of a snapshot to their ends.
     *
     * @param failure why that is done
     * @return the failure to report if some can't be read
     */
    public static Optional<JobException> findUnreadable(
            Lake lake, TableContract contract, long snapshotId, Expression rows, Throwable failure) {
        List<String> damages = unreadable(lake, of(lake.find(contract).orElseThrow(), snapshotId, rows)).stream()
                .map(file -> file.location() + DamagedTable.CAN_NOT_BE_READ)
                .sorted()
                .toList();
        return damages.isEmpty() ? Optional.empty() : Optional.of(DamagedTable.exception(contract, damages, failure));
    }

    /** The files of a table's current snapshot that are gone, have another length than was written, or can't be read. */
    public static List<String> unreadable(Lake lake, Table table) {
        if (table.currentSnapshot() == null) {
            return List.of();
        }
        Map<String, Long> bytesByPath = bytesByPath(table);
        Map<Boolean, List<DataFile>> byLength =
                of(table, table.currentSnapshot().snapshotId(), Expressions.alwaysTrue()).stream()
                        .collect(Collectors.partitioningBy(file -> Objects.equals(
                                bytesByPath.get(FileLengths.path(file.location())), file.fileSizeInBytes())));
        return Stream.concat(
                        byLength.get(false).stream(),
                        bySchema(table, byLength.get(true)).stream().flatMap(files -> unreadable(lake, files).stream()))
                .map(DataFile::location)
                .sorted()
                .toList();
    }

    /** The files by the columns that they were written with, as far as the table knows the snapshots that they were added in. */
    private static Collection<List<DataFile>> bySchema(Table table, List<DataFile> files) {
        if (table.schemas().size() == 1) {
            return List.of(files);
        }
        Map<Long, Integer> schemas = new HashMap<>();
        table.snapshots().forEach(snapshot -> schemas.put(snapshot.sequenceNumber(), snapshot.schemaId()));
        return files.stream()
                .collect(Collectors.groupingBy(file -> Optional.ofNullable(schemas.get(file.dataSequenceNumber()))))
                .values();
    }

    private static List<DataFile> unreadable(Lake lake, List<DataFile> files) {
        return files.stream().collect(Collectors.groupingBy(DataFile::format)).entrySet().stream()
                .flatMap(format -> unreadable(lake, format.getKey(), format.getValue()).stream())
                .toList();
    }

    /** Reads all of them at once, and only if that fails, or if not all have the same columns, each half by itself. */
    private static List<DataFile> unreadable(Lake lake, FileFormat format, List<DataFile> files) {
        if (areReadable(lake, format, files)) {
            return List.of();
        }
        if (files.size() == 1) {
            return files;
        }
        int half = files.size() / 2;
        List<DataFile> unreadable = new ArrayList<>(unreadable(lake, format, files.subList(0, half)));
        unreadable.addAll(unreadable(lake, format, files.subList(half, files.size())));
        return unreadable;
    }

    private static boolean areReadable(Lake lake, FileFormat format, List<DataFile> files) {
        try {
            lake.spark()
                    .read()
                    .format(format.name().toLowerCase(Locale.ROOT))
                    .option(LakeSession.VERIFY_PAGES, "true")
                    .load(files.stream()
                            .map(file ->
                                    PATTERN_CHARACTER.matcher(file.location()).replaceAll("\\\\$0"))
                            .toArray(String[]::new))
                    .write()
                    .format("noop")
                    .mode(SaveMode.Overwrite)
                    .save();
            return true;
        } catch (Exception e) {
            // Spark throws checked exceptions that its Java signatures don't declare.
            if (isOfOtherTypes(e)
                    || DamagedTable.isOfDecoder(e)
                    || DamagedTable.explain(e).isPresent()) {
                return false;
            }
            throw e;
        }
    }

    /** Whether Spark, which takes the columns of all files from one, met a file from before or after a column was widened. */
    private static boolean isOfOtherTypes(Exception e) {
        return Failures.causes(e)
                .anyMatch(cause -> cause instanceof SchemaColumnConvertNotSupportedException
                        || cause.getClass().getName().equals("org.apache.spark.sql.avro.IncompatibleSchemaException"));
    }

    /** The data files that hold {@code rows} of a snapshot. */
    static List<DataFile> of(Table table, long snapshotId, Expression rows) {
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useSnapshot(snapshotId).filter(rows).planFiles()) {
            List<DataFile> files = new ArrayList<>();
            tasks.forEach(task -> files.add(task.file()));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Long> bytesByPath(Table table) {
        return FileLengths.below(table.location() + "/data", table.io());
    }
}
