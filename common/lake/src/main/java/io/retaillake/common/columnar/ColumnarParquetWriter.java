package io.retaillake.common.columnar;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * A Parquet file of an Iceberg table, written column by column: for writers that know more of their values than a row at a time
 * tells. Columns are not nested. Every column of the table must be begun once and then get the same rows page by page.
 */
public final class ColumnarParquetWriter implements Closeable {

    private static final int MOST_PADDING_BYTES = 8 << 20;

    private final Table table;
    private final OutputFile file;
    private final PageBuffer bytes;
    private final ParquetOutput output;
    private final ParquetFileWriter writer;
    private final Map<String, ColumnDescriptor> columns = new LinkedHashMap<>();
    private final Map<String, ColumnChunkWriter> chunks = new LinkedHashMap<>();
    private final int mostDictionaryBytes;
    private final long rowGroupBytes;
    private long rowsInGroup;

    /** Creates the file. */
    public ColumnarParquetWriter(Table table, OutputFile file, PageBuffer bytes) throws IOException {
        this.table = table;
        this.file = file;
        this.bytes = bytes;
        mostDictionaryBytes = PropertyUtil.propertyAsInt(
                table.properties(),
                TableProperties.PARQUET_DICT_SIZE_BYTES,
                TableProperties.PARQUET_DICT_SIZE_BYTES_DEFAULT);
        rowGroupBytes = PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
                TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT);
        // Iceberg has a Parquet of its own inside; both read the same text.
        MessageType schema = MessageTypeParser.parseMessageType(
                ParquetSchemaUtil.convert(table.schema(), "table").toString());
        for (ColumnDescriptor column : schema.getColumns()) {
            columns.put(column.getPath()[0], column);
        }
        output = new ParquetOutput(file);
        writer = new ParquetFileWriter(
                output,
                schema,
                ParquetFileWriter.Mode.CREATE,
                rowGroupBytes,
                MOST_PADDING_BYTES,
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
        writer.start();
    }

    /** Begins a column with an attribute of the entities that rows are about. */
    public StringChunkWriter texts(String column, EncodedAttribute attribute) {
        return begin(column, new StringChunkWriter(columns.get(column), bytes, mostDictionaryBytes, attribute));
    }

    /** Begins a required column of strings that are too many for a dictionary. */
    public PlainStringChunkWriter plainTexts(String column) {
        return begin(column, new PlainStringChunkWriter(columns.get(column), bytes));
    }

    /** Begins a column of whole numbers, of days since 1970, or of decimals without their point. */
    public NumberChunkWriter numbers(String column) {
        return begin(column, new NumberChunkWriter(columns.get(column), bytes));
    }

    /** Begins a column of values of which nothing but their type is known. */
    public ValueChunkWriter values(String column) {
        return begin(column, new ValueChunkWriter(columns.get(column), bytes));
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
        if (groupBytes >= rowGroupBytes) {
            writeRowGroup();
        }
    }

    private void writeRowGroup() throws IOException {
        writer.startBlock(rowsInGroup);
        for (String column : columns.keySet()) {
            chunks.get(column).writeTo(writer);
        }
        writer.endBlock();
        rowsInGroup = 0;
    }

    /** The length of the row groups that are written; the last is in memory still. */
    public long lengthBytes() throws IOException {
        return writer.getPos();
    }

    /** Ends the file and describes it, with the statistics that Iceberg reads from it. */
    public DataFile finish(PartitionKey partition) throws IOException {
        if (rowsInGroup > 0) {
            writeRowGroup();
        }
        writer.end(Map.of());
        Metrics metrics = FooterMetrics.of(writer.getFooter(), MetricsConfig.forTable(table));
        List<Long> rowGroups = new ArrayList<>();
        for (BlockMetaData block : writer.getFooter().getBlocks()) {
            rowGroups.add(block.getStartingPos());
        }
        return DataFiles.builder(table.spec())
                .withPath(file.location())
                .withFormat(FileFormat.PARQUET)
                .withPartition(partition)
                .withFileSizeInBytes(output.lengthBytes())
                .withMetrics(metrics)
                .withSplitOffsets(rowGroups)
                .build();
    }

    /** Ends the file, whatever is in it. */
    @Override
    public void close() throws IOException {
        output.close();
    }
}
