package io.retaillake.streaming;

import io.retaillake.common.publish.TaskFiles;
import java.io.IOException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.data.SparkParquetWriters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** A Parquet file of a table that is being written: rows of one partition, in Spark's own form. */
final class RowFile implements TaskFiles.OpenFile {

    /** The length is added up from all columns, which costs a tenth of what writing a row does. */
    private static final int ROWS_BETWEEN_LENGTHS = 1000;

    private final DataWriter<InternalRow> writer;
    private int rows;
    private long lengthBytes;

    /**
     * Creates the file.
     *
     * @param schema the rows' columns, with the table's ids
     */
    RowFile(Table table, Schema schema, OutputFile place, PartitionKey partition) throws IOException {
        StructType columns = SparkSchemaUtil.convert(schema);
        this.writer = Parquet.writeData(place)
                .forTable(table)
                .schema(schema)
                .withSpec(table.spec())
                .withPartition(partition)
                .createWriterFunc(type -> SparkParquetWriters.buildWriter(columns, type))
                .build();
    }

    /** Writes a row, which may change afterwards. */
    void write(InternalRow row) {
        writer.write(row);
        rows++;
        if (rows % ROWS_BETWEEN_LENGTHS == 0) {
            lengthBytes = writer.length();
        }
    }

    @Override
    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public DataFile finish(PartitionKey partition) throws IOException {
        writer.close();
        return writer.toDataFile();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
