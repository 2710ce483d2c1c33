package io.retaillake.streaming;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.TaskFiles;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;

/** What a task adds to a table that is divided by hours. */
interface HourlyFiles extends Closeable {

    /** Of a table, or of none, to which nothing is written. */
    static HourlyFiles of(TableContract contract, Optional<Table> table) {
        return table.<HourlyFiles>map(to -> new Written(contract, to)).orElseGet(Unwanted::new);
    }

    /** Writes a row of the moment by whose hour the table is divided; it has the contract's columns in its order. */
    void write(InternalRow row, long micros) throws IOException;

    /** Ends the files, one at least for each hour; they are the caller's from then on. */
    List<DataFile> finish() throws IOException;

    /** Removes the files that were not given away. */
    @Override
    void close();

    /** The files of a table. */
    final class Written implements HourlyFiles {

        private static final long MICROS_OF_HOUR = TimeUnit.HOURS.toMicros(1);

        private final Table table;
        private final Schema schema;
        private final TaskFiles<RowFile> files;
        private final Map<Long, TaskFiles<RowFile>.Partition> hours = new HashMap<>();

        private Written(TableContract contract, Table table) {
            this.table = table;
            // A table that got columns later has them in another order.
            this.schema = new Schema(contract.columnNames().stream()
                    .map(table.schema()::findField)
                    .toList());
            TaskContext task = TaskContext.get();
            this.files = new TaskFiles<>(table, FileFormat.PARQUET, task.partitionId(), task.taskAttemptId());
        }

        @Override
        public void write(InternalRow row, long micros) throws IOException {
            TaskFiles<RowFile>.Partition hour =
                    hours.computeIfAbsent(Math.floorDiv(micros, MICROS_OF_HOUR), this::begin);
            hour.file().write(row);
            hour.finishIfLong();
        }

        private TaskFiles<RowFile>.Partition begin(long hour) {
            PartitionKey key = new PartitionKey(table.spec(), table.schema());
            key.set(0, Math.toIntExact(hour));
            return files.partition(key, place -> new RowFile(table, schema, place, key));
        }

        @Override
        public List<DataFile> finish() throws IOException {
            return files.finish();
        }

        @Override
        public void close() {
            files.close();
        }
    }

    /** Files of a table that has the batch already. */
    final class Unwanted implements HourlyFiles {

        @Override
        public void write(InternalRow row, long micros) {
            // It is there.
        }

        @Override
        public List<DataFile> finish() {
            return List.of();
        }

        @Override
        public void close() {
            // There are none.
        }
    }
}
