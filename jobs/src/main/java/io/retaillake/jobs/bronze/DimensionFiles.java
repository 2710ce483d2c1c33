package io.retaillake.jobs.bronze;

import io.retaillake.common.contract.SourceColumns;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.TaskFiles;
import io.retaillake.common.source.BinaryCopyRows;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;

/** The data files of a dimension of bronze, which is not partitioned, that one task writes. */
final class DimensionFiles implements CopiedFiles.Target {

    private final CopiedRowAvro avro;
    private final TaskFiles<AvroFile> files;
    private final TaskFiles<AvroFile>.Partition all;

    /** Files whose names no other task, and no other attempt of this one, gives to its own. */
    DimensionFiles(TableContract contract, Table table, int partition, long attempt) {
        List<Types.NestedField> columns =
                contract.columnNames().stream().map(table.schema()::findField).toList();
        Schema schema = CopiedRowAvro.schema(contract.name(), columns);
        avro = new CopiedRowAvro(SourceColumns.of(contract), columns);
        files = new TaskFiles<>(table, FileFormat.AVRO, partition, attempt);
        all = files.partition(
                new PartitionKey(table.spec(), table.schema()), place -> new AvroFile(schema, table.spec(), place));
    }

    @Override
    public void write(BinaryCopyRows copied) throws IOException {
        all.file().write(avro.encode(copied));
        all.finishIfLong();
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
