package io.retaillake.common.columnar;

import static org.apache.iceberg.TableProperties.DEFAULT_FILE_FORMAT;
import static org.apache.iceberg.TableProperties.DEFAULT_FILE_FORMAT_DEFAULT;
import static org.apache.iceberg.TableProperties.ENCRYPTION_TABLE_KEY;
import static org.apache.iceberg.TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX;
import static org.apache.iceberg.TableProperties.PARQUET_COLUMN_STATS_ENABLED_PREFIX;
import static org.apache.iceberg.TableProperties.PARQUET_COMPRESSION;
import static org.apache.iceberg.TableProperties.PARQUET_COMPRESSION_DEFAULT_SINCE_1_4_0;
import static org.apache.iceberg.TableProperties.PARQUET_COMPRESSION_LEVEL;
import static org.apache.iceberg.TableProperties.PARQUET_DICT_SIZE_BYTES;
import static org.apache.iceberg.TableProperties.PARQUET_DICT_SIZE_BYTES_DEFAULT;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_ROW_LIMIT;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_ROW_LIMIT_DEFAULT;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_SIZE_BYTES;
import static org.apache.iceberg.TableProperties.PARQUET_PAGE_SIZE_BYTES_DEFAULT;
import static org.apache.iceberg.TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES;
import static org.apache.iceberg.TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.PlaintextEncryptionManager;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * An Iceberg table as {@link ColumnarParquetWriter} writes its files: its schema in Parquet's form, and what its properties ask for. One
 * serves all files that a task writes.
 */
public final class ColumnarTable {

    private static final Set<String> CODECS = Set.of("zstd", "snappy", "gzip", "uncompressed");
    private static final int MOST_BYTES_OF_A_NUMBER = Long.BYTES;

    private final Table table;
    private final MessageType schema;
    private final Map<String, ColumnDescriptor> columns = new LinkedHashMap<>();
    private final PageCompression compression;
    private final MetricsConfig metrics;

    /** The table as it is now. */
    public ColumnarTable(Table table) {
        this.table = table;
        // Iceberg has a Parquet of its own inside; both read the same text.
        this.schema = MessageTypeParser.parseMessageType(
                ParquetSchemaUtil.convert(table.schema(), "table").toString());
        for (ColumnDescriptor column : schema.getColumns()) {
            columns.put(column.getPath()[0], column);
        }
        this.compression = new PageCompression(
                CompressionCodecName.valueOf(codec(table).toUpperCase(Locale.ROOT)),
                PropertyUtil.propertyAsInt(
                        table.properties(), PARQUET_COMPRESSION_LEVEL, PageCompression.DEFAULT_ZSTD_LEVEL));
        this.metrics = MetricsConfig.forTable(table);
    }

    /**
     * What the table asks for that its files can't be given column by column, as its property says it: another format or codec than these
     * writers', encryption, Bloom filters, columns without statistics. Nothing where they can write all files that it wants.
     */
    public static Optional<String> obstacle(Table table) {
        Map<String, String> properties = table.properties();
        if (!(table.encryption() instanceof PlaintextEncryptionManager)) {
            return Optional.of("encryption");
        }
        String codec = codec(table);
        if (!CODECS.contains(codec)) {
            return Optional.of(PARQUET_COMPRESSION + "=" + codec);
        }
        return properties.entrySet().stream()
                .filter(property -> isObstacle(property.getKey(), property.getValue(), codec))
                .map(property -> property.getKey() + "=" + property.getValue())
                .sorted()
                .findFirst();
    }

    private static boolean isObstacle(String name, String value, String codec) {
        return switch (name) {
            case DEFAULT_FILE_FORMAT -> !value.equalsIgnoreCase(DEFAULT_FILE_FORMAT_DEFAULT);
            case ENCRYPTION_TABLE_KEY -> true;
            case PARQUET_COMPRESSION_LEVEL -> !codec.equals(PARQUET_COMPRESSION_DEFAULT_SINCE_1_4_0);
            default ->
                (name.startsWith(PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX) && Boolean.parseBoolean(value))
                        || (name.startsWith(PARQUET_COLUMN_STATS_ENABLED_PREFIX) && !Boolean.parseBoolean(value));
        };
    }

    private static String codec(Table table) {
        return table.properties()
                .getOrDefault(PARQUET_COMPRESSION, PARQUET_COMPRESSION_DEFAULT_SINCE_1_4_0)
                .toLowerCase(Locale.ROOT);
    }

    /** The table of Iceberg. */
    public Table table() {
        return table;
    }

    /** How many rows a page may have, so that no column of numbers has more bytes than a page may have. */
    public int pageRows() {
        return Math.max(
                1,
                Math.min(
                        intProperty(PARQUET_PAGE_ROW_LIMIT, PARQUET_PAGE_ROW_LIMIT_DEFAULT),
                        pageBytes() / MOST_BYTES_OF_A_NUMBER));
    }

    /**
     * How many bytes a page of strings should have, uncompressed, at which writers end it. Pages of entities' strings are not measured: they
     * have numbers; where a dictionary is full, such a page may be longer.
     */
    public int pageBytes() {
        return intProperty(PARQUET_PAGE_SIZE_BYTES, PARQUET_PAGE_SIZE_BYTES_DEFAULT);
    }

    int dictionaryBytes() {
        return intProperty(PARQUET_DICT_SIZE_BYTES, PARQUET_DICT_SIZE_BYTES_DEFAULT);
    }

    long rowGroupBytes() {
        return PropertyUtil.propertyAsLong(
                table.properties(), PARQUET_ROW_GROUP_SIZE_BYTES, PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT);
    }

    private int intProperty(String name, int byDefault) {
        return PropertyUtil.propertyAsInt(table.properties(), name, byDefault);
    }

    MessageType schema() {
        return schema;
    }

    /** The columns by their names, in the table's order. */
    Map<String, ColumnDescriptor> columns() {
        return columns;
    }

    PageCompression compression() {
        return compression;
    }

    MetricsConfig metrics() {
        return metrics;
    }
}
