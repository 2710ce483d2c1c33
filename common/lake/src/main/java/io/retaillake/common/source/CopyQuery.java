package io.retaillake.common.source;

import java.io.Serializable;

/**
 * What one task reads by COPY.
 *
 * @param source where to connect
 * @param initialStatement executed first in the connection's transaction
 * @param sql a SELECT statement
 * @param columns how many columns it gives
 */
public record CopyQuery(SourceSettings source, String initialStatement, String sql, int columns)
        implements Serializable {}
