package io.retaillake.common.lake;

import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;

/** Versions that somebody gave up for an older one, which remembers that: they are not taken for what the catalog has lost. */
final class AbandonedVersions {

    private static final String UNTIL = "retail-lake.abandoned-until-millis";

    private AbandonedVersions() {}

    /** Has the table remember that {@code versions}, which are newer than its own, were given up. */
    static void remember(Table table, List<TableMetadata> versions) {
        versions.stream()
                .map(TableMetadata::lastUpdatedMillis)
                .max(Comparator.naturalOrder())
                .ifPresent(newest -> table.updateProperties()
                        .set(UNTIL, Long.toString(newest))
                        .commit());
    }

    /** Whether {@code version}, which {@code current} does not descend from, was given up for it. */
    static boolean include(TableMetadata version, TableMetadata current) {
        return version.lastUpdatedMillis() <= current.propertyAsLong(UNTIL, Long.MIN_VALUE);
    }
}
