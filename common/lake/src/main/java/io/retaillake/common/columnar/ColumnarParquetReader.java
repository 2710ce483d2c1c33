package io.retaillake.common.columnar;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.io.InputFile;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Some columns of a Parquet file, read column by column as codes of their values: for readers that need to know which rows have the
 * same values more than which values they are.
 */
public final class ColumnarParquetReader implements Closeable {

    private final ParquetFileReader reader;
    private final Map<Integer, ColumnDescriptor> columns = new HashMap<>();
    private PageReadStore rowGroup;
    private long rowsToSkip;
    private long rowsToRead = Long.MAX_VALUE;
    private long rowsToSkipInGroup;
    private int groupsPassed;

    /**
     * Opens a file of an Iceberg table.
     *
     * @param fieldIds the ids by which Iceberg knows the columns
     */
    public ColumnarParquetReader(InputFile file, List<Integer> fieldIds) throws IOException {
        reader = ParquetFileReader.open(
                new ParquetInput(file),
                ParquetReadOptions.builder().usePageChecksumVerification().build());
        MessageType schema = reader.getFileMetaData().getSchema();
        List<Type> selected = schema.getFields().stream()
                .filter(field ->
                        field.getId() != null && fieldIds.contains(field.getId().intValue()))
                .toList();
        for (Type field : selected) {
            columns.put(field.getId().intValue(), schema.getColumnDescription(new String[] {field.getName()}));
        }
        reader.setRequestedSchema(new MessageType(schema.getName(), selected));
    }

    /**
     * Reads some of the file's rows only; to be called before any is read. Row groups without them are not read, pages without them are
     * not decoded.
     */
    public void limit(long firstRow, long rows) {
        rowsToSkip = firstRow;
        rowsToRead = rows;
    }

    /** Moves to the next row group and tells how many rows are to be read of it; 0 after the last. */
    public long nextRowGroup() throws IOException {
        if (rowsToRead == 0) {
            return 0;
        }
        for (BlockMetaData group : reader.getRowGroups()
                .subList(groupsPassed, reader.getRowGroups().size())) {
            groupsPassed++;
            if (rowsToSkip < group.getRowCount()) {
                rowGroup = reader.readNextRowGroup();
                rowsToSkipInGroup = rowsToSkip;
                rowsToSkip = 0;
                long rows = Math.min(rowsToRead, group.getRowCount() - rowsToSkipInGroup);
                rowsToRead -= rows;
                return rows;
            }
            reader.skipNextRowGroup();
            rowsToSkip -= group.getRowCount();
        }
        return 0;
    }

    /** The row group's column of strings or whole numbers, with the codes that {@code values} give; null where the file has none. */
    public CodeColumnReader codes(int fieldId, ColumnDictionary values) throws IOException {
        return new CodeColumnReader(columns.containsKey(fieldId) ? pages(fieldId) : null, values);
    }

    /** The row group's required column of numbers. */
    public LongColumnReader longs(int fieldId) throws IOException {
        return new LongColumnReader(requiredPages(fieldId));
    }

    /** The row group's required column of strings, as hashes that depend on {@code seed}. */
    public HashColumnReader hashes(int fieldId, long seed) throws IOException {
        return new HashColumnReader(requiredPages(fieldId), seed);
    }

    private ColumnPageReader requiredPages(int fieldId) throws IOException {
        if (!columns.containsKey(fieldId)) {
            throw new IOException(
                    "The file has no column with the id " + fieldId + ", which must have a value in each row");
        }
        return pages(fieldId);
    }

    private ColumnPageReader pages(int fieldId) throws IOException {
        ColumnDescriptor column = columns.get(fieldId);
        ColumnPageReader pages = new ColumnPageReader(column, rowGroup.getPageReader(column));
        pages.skip(rowsToSkipInGroup);
        return pages;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
