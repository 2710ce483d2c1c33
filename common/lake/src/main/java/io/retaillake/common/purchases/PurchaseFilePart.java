package io.retaillake.common.purchases;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.retaillake.common.contract.BronzeTables;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.TableScanUtil;

/**
 * A part of an Avro file of {@code bronze.purchase}: the blocks that begin in a range of its bytes.
 *
 * @param month what the file's rows have as {@code source_month}
 */
public record PurchaseFilePart(String location, String month, long startByte, long lengthBytes)
        implements Serializable {

    private static final long MOST_BYTES_OF_A_TASK = 16L << 20;

    /** Tasks with fewer rows take longer to begin than to work, and leave as many files to their readers. */
    private static final long FEWEST_ROWS_OF_A_TASK = 50_000;

    /** So that one that takes longer than the others does not keep the other cores waiting for all of it. */
    private static final int TASKS_OF_A_CORE = 2;

    private static final int OPEN_TASKS = 10;

    /**
     * What a scan finds, task by task. Each has rows of one month: about sixteen megabytes, so that no task has many, or fewer where that
     * makes less than two tasks for each core, down to fifty thousand rows. Nothing where rows can't be taken from the files as they are: they are not Avro, rows of them are deleted
     * elsewhere, the table lacks columns, or its partitions were changed. Files from before columns were added, widened or renamed
     * are taken as they are.
     */
    public static Optional<List<List<PurchaseFilePart>>> tasks(Table table, TableScan scan, int cores) {
        return files(table, scan).map(files -> {
            long bytes = files.stream().mapToLong(FileScanTask::length).sum();
            long mostBytes = Math.min(MOST_BYTES_OF_A_TASK, 1 + bytes / (TASKS_OF_A_CORE * (long) cores));
            return files.stream()
                    .collect(groupingBy(PurchaseFilePart::monthOf, TreeMap::new, toList()))
                    .values()
                    .stream()
                    .flatMap(month -> tasksOfMonth(month, mostBytes).stream())
                    .toList();
        });
    }

    /** What a scan finds, by the whole file; nothing where {@link #tasks} finds nothing. */
    public static Optional<List<PurchaseFilePart>> wholeFiles(Table table, TableScan scan) {
        return files(table, scan)
                .map(files -> files.stream().map(PurchaseFilePart::of).toList());
    }

    private static Optional<List<FileScanTask>> files(Table table, TableScan scan) {
        if (table.specs().size() > 1
                || BronzeTables.PURCHASE.columnNames().stream()
                        .anyMatch(column -> table.schema().findField(column) == null)) {
            return Optional.empty();
        }
        List<FileScanTask> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> found = scan.planFiles()) {
            for (FileScanTask file : found) {
                if (!file.deletes().isEmpty() || file.file().format() != FileFormat.AVRO) {
                    return Optional.empty();
                }
                files.add(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Iceberg reads manifests side by side and gives the files in any order.
        files.sort(Comparator.comparing(file -> file.file().location()));
        return Optional.of(files);
    }

    private static String monthOf(FileScanTask file) {
        return file.file().partition().get(0, String.class);
    }

    private static List<List<PurchaseFilePart>> tasksOfMonth(List<FileScanTask> files, long mostBytes) {
        long bytes = files.stream().mapToLong(FileScanTask::length).sum();
        long rows = files.stream().mapToLong(file -> file.file().recordCount()).sum();
        long tasks = Math.max(
                1 + bytes / MOST_BYTES_OF_A_TASK,
                Math.min((bytes + mostBytes - 1) / mostBytes, rows / FEWEST_ROWS_OF_A_TASK));
        long bytesOfATask = 1 + bytes / tasks;
        try (var parts = TableScanUtil.splitFiles(CloseableIterable.withNoopClose(files), bytesOfATask);
                var planned = TableScanUtil.planTasks(parts, bytesOfATask, OPEN_TASKS, 1)) {
            List<List<PurchaseFilePart>> result = new ArrayList<>();
            planned.forEach(task ->
                    result.add(task.files().stream().map(PurchaseFilePart::of).toList()));
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PurchaseFilePart of(FileScanTask part) {
        return new PurchaseFilePart(part.file().location(), monthOf(part), part.start(), part.length());
    }
}
