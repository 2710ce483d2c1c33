package io.retaillake.common.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.util.PropertyUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data files that one task adds to a table's folder for {@link Publication#writeFiles}, from the first to be begun to the last. */
public final class TaskFiles {

    private static final Logger LOG = LoggerFactory.getLogger(TaskFiles.class);

    private final Table table;
    private final OutputFileFactory names;
    private final long targetBytes;
    private final List<OutputFile> begun = new ArrayList<>();
    private final List<DataFile> finished = new ArrayList<>();

    /** Files whose names no other task, and no other attempt of this one, gives to its own. */
    public TaskFiles(Table table, FileFormat format, int partition, long attempt) {
        this.table = table;
        this.names = OutputFileFactory.builderFor(table, partition, attempt)
                .format(format)
                .operationId(UUID.randomUUID().toString())
                .build();
        this.targetBytes = PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    }

    /** Names a file of {@code partition} that is to be written now. */
    public OutputFile begin(PartitionKey partition) {
        OutputFile file = names.newOutputFile(table.spec(), partition).encryptingOutputFile();
        begun.add(file);
        return file;
    }

    /** Whether a file of this length should be finished. */
    public boolean isLongEnough(long lengthBytes) {
        return lengthBytes >= targetBytes;
    }

    /** Adds a file that is complete. */
    public void add(DataFile file) {
        finished.add(file);
    }

    /** The complete files, which are the caller's from now on. */
    public List<DataFile> handOver() {
        begun.clear();
        return List.copyOf(finished);
    }

    /**
     * Removes, as far as that is possible, all files that were not handed over; what stays is in no table, and CleanUp finds
     * it.
     */
    public void remove() {
        for (OutputFile file : begun) {
            try {
                table.io().deleteFile(file);
            } catch (RuntimeException e) {
                LOG.debug("A file of a task that failed can't be removed", e);
            }
        }
        begun.clear();
    }
}
