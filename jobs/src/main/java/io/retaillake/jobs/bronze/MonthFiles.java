package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;

import io.retaillake.common.contract.SourceColumns;
import io.retaillake.common.publish.TaskFiles;
import io.retaillake.common.source.BinaryCopyRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;

/**
 * The files of {@code bronze.purchase} that one task writes, at least one for each source month that it meets. All are open
 * until the task ends, so it needs memory for a block of 64 KiB for each month.
 */
final class MonthFiles implements CopiedFiles.Target {

    private static final int DATE = PURCHASE.columnNames().indexOf("purchase_date");

    private final Table table;
    private final Schema schema;
    private final CopiedRowAvro avro;
    private final TaskFiles<AvroFile> files;
    private final Map<Integer, Month> months = new HashMap<>();
    private Month current;

    private static final class Month {
        private final int number;
        private final byte[] name;
        private final TaskFiles<AvroFile>.Partition partition;

        private Month(int number, TaskFiles<AvroFile>.Partition partition) {
            this.number = number;
            this.name = SourceMonth.name(number).getBytes(StandardCharsets.US_ASCII);
            this.partition = partition;
        }
    }

    /** Files whose names no other task, and no other attempt of this one, gives to its own. */
    MonthFiles(Table table, int partition, long attempt) {
        this.table = table;
        List<Types.NestedField> columns =
                PURCHASE.columnNames().stream().map(table.schema()::findField).toList();
        this.schema = CopiedRowAvro.schema(PURCHASE.name(), columns);
        this.avro = new CopiedRowAvro(SourceColumns.PURCHASE, columns);
        this.files = new TaskFiles<>(table, FileFormat.AVRO, partition, attempt);
    }

    /** Writes the current row of {@code copied}, which has the table's columns but the last, the month. */
    @Override
    public void write(BinaryCopyRows copied) throws IOException {
        int month = copied.isNull(DATE)
                ? SourceMonth.NO_NUMBER
                : SourceMonth.number(copied.bytes(DATE), copied.start(DATE), copied.length(DATE));
        if (current == null || current.number != month) {
            current = months.computeIfAbsent(month, this::begin);
        }
        current.partition.file().write(avro.encode(copied, current.name));
        current.partition.finishIfLong();
    }

    private Month begin(int number) {
        PartitionKey partition = new PartitionKey(table.spec(), table.schema());
        partition.set(0, SourceMonth.name(number));
        return new Month(number, files.partition(partition, place -> new AvroFile(schema, table.spec(), place)));
    }

    @Override
    public List<DataFile> finish() throws IOException {
        return files.finish();
    }

    /** Removes the files that were not given away. */
    @Override
    public void close() {
        files.close();
    }
}
