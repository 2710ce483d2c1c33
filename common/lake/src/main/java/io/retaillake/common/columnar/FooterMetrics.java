package io.retaillake.common.columnar;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.shaded.org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * What Iceberg's metadata say of a Parquet file's columns, from the footer that was written. Iceberg itself would open the file again, and
 * parse Hadoop's default configuration each time it does, which takes longer than to write a small file.
 */
final class FooterMetrics {

    /** Newer versions of Parquet read no footer without options. */
    private static final ParquetReadOptions OPTIONS =
            ParquetReadOptions.builder().build();

    private FooterMetrics() {}

    static Metrics of(ParquetMetadata footer, MetricsConfig config) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeFileMetaData(
                new ParquetMetadataConverter().toParquetMetadata(ParquetFileWriter.CURRENT_VERSION, footer), bytes);
        return ParquetUtil.footerMetrics(iceberg(bytes.toByteArray()), Stream.empty(), config);
    }

    /** Iceberg has a Parquet of its own inside; both read the same bytes. */
    private static org.apache.iceberg.shaded.org.apache.parquet.hadoop.metadata.ParquetMetadata iceberg(byte[] footer)
            throws IOException {
        return new org.apache.iceberg.shaded.org.apache.parquet.format.converter.ParquetMetadataConverter(OPTIONS)
                .readParquetMetadata(
                        new ByteArrayInputStream(footer),
                        org.apache.iceberg.shaded.org.apache.parquet.format.converter.ParquetMetadataConverter
                                .NO_FILTER);
    }
}
