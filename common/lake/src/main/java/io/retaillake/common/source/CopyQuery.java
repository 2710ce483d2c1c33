package io.retaillake.common.source;

import java.io.Serializable;
import java.util.Map;

/**
 * What one task reads by COPY.
 *
 * @param sourceOptions where to connect, as {@link SourceSettings#toOptions} has it; no credentials, only where they are
 * @param initialStatement executed first in the connection's transaction
 * @param sql a SELECT statement
 * @param columns how many columns it gives
 */
public record CopyQuery(Map<String, String> sourceOptions, String initialStatement, String sql, int columns)
        implements Serializable {}
