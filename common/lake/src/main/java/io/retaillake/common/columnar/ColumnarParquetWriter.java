package io.retaillake.common.columnar;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFile;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/**
 * A Parquet file of an Iceberg table, written column by column: for writers that know more of their values than a row at a time
 * tells. Columns are not nested. Every column of the table must be begun once and then get the same rows page by page.
 *
 * <p>Pages wait in memory, compressed, until they are a row group, 128 MiB unless the table says otherwise, or the file ends; only then is
 * the file created. So many files can be written at once of which few are open.
 */
public final class ColumnarParquetWriter implements Closeable {

    private static final int MOST_PADDING_BYTES = 8 << 20;

    private final ColumnarTable table;
    private final OutputFile file;
    private final PageBuffer bytes;
    private final ParquetOutput output;
    private final Map<String, ColumnChunkWriter> chunks = new HashMap<>();
    private ParquetFileWriter writer;
    private long rowsInGroup;

    /** A file of a table of which no other is written. */
    public ColumnarParquetWriter(Table table, OutputFile file, PageBuffer bytes) {
        this(new ColumnarTable(table), file, bytes);
    }

    /**
     * A file that is not created yet.
     *
     * @param bytes where pages are made, which other files may use, too, but no other thread
     */
    public ColumnarParquetWriter(ColumnarTable table, OutputFile file, PageBuffer bytes) {
        this.table = table;
        this.file = file;
        this.bytes = bytes;
        this.output = new ParquetOutput(file);
    }

    /** Begins a column with an attribute of the entities that rows are about. */
    public StringChunkWriter texts(String column, EncodedAttribute attribute) {
        return entityTexts(column, attribute);
    }

    /** Begins a column with the strings that the entities that rows are about are known by. */
    public StringChunkWriter texts(String column, EncodedKeys keys) {
        return entityTexts(column, keys);
    }

    private StringChunkWriter entityTexts(String column, EntityTexts texts) {
        return begin(
                column,
                new StringChunkWriter(
                        table.columns().get(column), bytes, table.compression(), table.dictionaryBytes(), texts));
    }

    /** Begins a required column of strings that are too many for a dictionary. */
    public PlainStringChunkWriter plainTexts(String column) {
        return begin(column, new PlainStringChunkWriter(table.columns().get(column), bytes, table.compression()));
    }

    /** Begins a column of whole numbers, of days since 1970, or of decimals without their point. */
    public NumberChunkWriter numbers(String column) {
        return begin(column, new NumberChunkWriter(table.columns().get(column), bytes, table.compression()));
    }

    /** Begins a column of values of which nothing but their type is known. */
    public ValueChunkWriter values(String column) {
        return begin(column, new ValueChunkWriter(table.columns().get(column), bytes, table.compression()));
    }

    private <C extends ColumnChunkWriter> C begin(String column, C chunk) {
        chunks.put(column, chunk);
        return chunk;
    }

    /** Says that all columns have got a page of so many rows. */
    public void endPage(int rows) throws IOException {
        rowsInGroup += rows;
        long groupBytes = 0;
        for (ColumnChunkWriter chunk : chunks.values()) {
            groupBytes += chunk.compressedBytes();
        }
        if (groupBytes >= table.rowGroupBytes()) {
            writeRowGroup();
        }
    }

    private void writeRowGroup() throws IOException {
        create();
        writer.startBlock(rowsInGroup);
        for (String column : table.columns().keySet()) {
            chunks.get(column).writeTo(writer);
        }
        writer.endBlock();
        rowsInGroup = 0;
    }

    private void create() throws IOException {
        if (writer == null) {
            writer = new ParquetFileWriter(
                    output,
                    table.schema(),
                    ParquetFileWriter.Mode.CREATE,
                    table.rowGroupBytes(),
                    MOST_PADDING_BYTES,
                    ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                    ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
                    ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
            writer.start();
        }
    }

    /** The length of the row groups that are written; the last is in memory still. */
    public long lengthBytes() throws IOException {
        return writer == null ? 0 : writer.getPos();
    }

    /** Ends the file and describes it, with the statistics that Iceberg reads from it. */
    public DataFile finish(PartitionKey partition) throws IOException {
        create();
        if (rowsInGroup > 0) {
            writeRowGroup();
        }
        writer.end(Map.of());
        Metrics metrics = FooterMetrics.of(writer.getFooter(), table.metrics());
        List<Long> rowGroups = new ArrayList<>();
        for (BlockMetaData block : writer.getFooter().getBlocks()) {
            rowGroups.add(block.getStartingPos());
        }
        return DataFiles.builder(table.table().spec())
                .withPath(file.location())
                .withFormat(FileFormat.PARQUET)
                .withPartition(partition)
                .withFileSizeInBytes(output.lengthBytes())
                .withMetrics(metrics)
                .withSplitOffsets(rowGroups)
                .build();
    }

    /** Ends the file, whatever is in it, if it was created. */
    @Override
    public void close() throws IOException {
        output.close();
    }
}
