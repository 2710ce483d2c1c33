package io.retaillake.common.columnar;

import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * How pages are compressed.
 *
 * @param level what zstd takes; other codecs have none
 */
record PageCompression(CompressionCodecName codec, int level) {

    /** What Iceberg and Parquet take unless told otherwise. */
    static final int DEFAULT_ZSTD_LEVEL = 3;
}
