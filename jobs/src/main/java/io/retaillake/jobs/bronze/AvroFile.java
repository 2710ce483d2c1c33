package io.retaillake.jobs.bronze;

import io.retaillake.common.columnar.ZstandardBlocks;
import io.retaillake.common.publish.TaskFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** An Avro file of a table of bronze that is being written: rows of one partition. */
final class AvroFile implements TaskFiles.OpenFile {

    private final PartitionSpec spec;
    private final OutputFile file;
    private final PositionOutputStream out;
    private final DataFileWriter<GenericRecord> writer;
    private long rows;

    /** Creates the file. */
    AvroFile(Schema schema, PartitionSpec spec, OutputFile file) throws IOException {
        this.spec = spec;
        this.file = file;
        out = file.create();
        writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>()).setCodec(ZstandardBlocks.CODEC);
        try {
            writer.create(schema, out);
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }

    void write(ByteBuffer encodedRow) throws IOException {
        writer.appendEncoded(encodedRow);
        rows++;
    }

    @Override
    public long lengthBytes() throws IOException {
        return out.getPos();
    }

    @Override
    public DataFile finish(PartitionKey partition) throws IOException {
        writer.flush();
        long lengthBytes = out.getPos();
        writer.close();
        return DataFiles.builder(spec)
                .withPath(file.location())
                .withFormat(FileFormat.AVRO)
                .withPartition(partition)
                .withFileSizeInBytes(lengthBytes)
                .withRecordCount(rows)
                .build();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
