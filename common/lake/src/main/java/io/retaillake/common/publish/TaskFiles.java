package io.retaillake.common.publish;

import java.io.Closeable;
import java.io.IOException;
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

/**
 * The data files that one task adds to a table's folder for {@link Publication#writeFiles}, at least one for each partition that it
 * meets. A partition's last file is being written until somebody finishes it or the task ends; what it costs until then is {@link OpenFile}'s
 * matter.
 *
 * @param <F> how a file is written
 */
public final class TaskFiles<F extends TaskFiles.OpenFile> implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskFiles.class);

    private final Table table;
    private final OutputFileFactory names;
    private final long targetBytes;
    private final List<Partition> partitions = new ArrayList<>();
    private final List<OutputFile> created = new ArrayList<>();
    private final List<DataFile> finished = new ArrayList<>();

    /** A file that is being written, which may be in memory only until it is finished; to close it ends it, whatever is in it. */
    public interface OpenFile extends Closeable {

        /** The length of what is written; the last of it may be in memory still. */
        long lengthBytes() throws IOException;

        /** Ends the file and describes it. */
        DataFile finish(PartitionKey partition) throws IOException;
    }

    /**
     * What begins files.
     *
     * @param <F> how a file is written
     */
    public interface Creator<F> {

        /** Begins a file in its place. */
        F create(OutputFile place) throws IOException;
    }

    /** The files of one partition. */
    public final class Partition {

        private final PartitionKey key;
        private final Creator<F> creator;
        private F open;

        private Partition(PartitionKey key, Creator<F> creator) {
            this.key = key;
            this.creator = creator;
        }

        /** The file to write to. */
        public F file() throws IOException {
            if (open == null) {
                OutputFile place = names.newOutputFile(table.spec(), key).encryptingOutputFile();
                created.add(place);
                open = creator.create(place);
            }
            return open;
        }

        /** Ends the file if it is as long as the table wants its files to be. */
        public void finishIfLong() throws IOException {
            if (open.lengthBytes() >= targetBytes) {
                finish();
            }
        }

        /** Ends the file to write to; there must be one. */
        public void finish() throws IOException {
            finished.add(open.finish(key));
            open = null;
        }
    }

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

    /** Begins a partition; where the task has begun the same before, it gets files of its own. */
    public Partition partition(PartitionKey key, Creator<F> creator) {
        Partition partition = new Partition(key, creator);
        partitions.add(partition);
        return partition;
    }

    /** Ends the files, one after the other; partitions that are written to afterwards begin new ones. */
    public void finishOpen() throws IOException {
        for (Partition partition : partitions) {
            if (partition.open != null) {
                partition.finish();
            }
        }
    }

    /** Ends the files and describes them. From then on they are the caller's. */
    public List<DataFile> finish() throws IOException {
        finishOpen();
        created.clear();
        return List.copyOf(finished);
    }

    /**
     * Removes, as far as that is possible, all files that {@link #finish} did not give away; what stays is in no table, and CleanUp
     * finds it.
     */
    @Override
    public void close() {
        if (created.isEmpty()) {
            return;
        }
        for (Partition partition : partitions) {
            try {
                if (partition.open != null) {
                    partition.open.close();
                }
            } catch (IOException | RuntimeException e) {
                LOG.debug("A file of a task that failed can't be closed", e);
            }
        }
        for (OutputFile file : created) {
            try {
                table.io().deleteFile(file);
            } catch (RuntimeException e) {
                LOG.debug("A file of a task that failed can't be removed", e);
            }
        }
        created.clear();
    }
}
