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

    /** Moves to the next row group and tells how many rows it has; 0 after the last. */
    public long nextRowGroup() throws IOException {
        rowGroup = reader.readNextRowGroup();
        return rowGroup == null ? 0 : rowGroup.getRowCount();
    }

    /** The row group's column of strings or whole numbers, with the codes that {@code values} give; null where the file has none. */
    public CodeColumnReader codes(int fieldId, ColumnDictionary values) throws IOException {
        return new CodeColumnReader(columns.containsKey(fieldId) ? pages(fieldId) : null, values);
    }

    /** The row group's required column of numbers. */
    public LongColumnReader longs(int fieldId) throws IOException {
        if (!columns.containsKey(fieldId)) {
            throw new IOException(
                    "The file has no column with the id " + fieldId + ", which must have a value in each row");
        }
        return new LongColumnReader(pages(fieldId));
    }

    private ColumnPageReader pages(int fieldId) throws IOException {
        ColumnDescriptor column = columns.get(fieldId);
        return new ColumnPageReader(column, rowGroup.getPageReader(column));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
