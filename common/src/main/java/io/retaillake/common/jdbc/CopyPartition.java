package io.retaillake.common.jdbc;

import java.util.Map;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.types.StructType;

/**
 * What one task reads.
 *
 * @param sourceOptions where to connect; no credentials, only where they are
 * @param initialStatement executed first in the connection's transaction
 * @param query a SELECT statement
 * @param schema the query's columns
 */
record CopyPartition(Map<String, String> sourceOptions, String initialStatement, String query, StructType schema)
        implements InputPartition {}
