package io.retaillake.jobs.ops;

import io.retaillake.common.job.JobException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/** The files below a table's folder that none of its versions knows: what runs wrote that died before they committed. */
final class Orphans {

    private static final String METADATA_FILE = ".metadata.json";

    private Orphans() {}

    /**
     * Finds those that were written before a time.
     *
     * @throws JobException exit code 4 where another table lies in the same folder, whose files would be taken for orphans
     */
    static List<String> find(SparkSession spark, Table table, Instant writtenBefore) {
        List<String> orphans = new ArrayList<>();
        SparkActions.get(spark)
                .deleteOrphanFiles(table)
                .olderThan(writtenBefore.toEpochMilli())
                .deleteWith(file -> {})
                .execute()
                .orphanFileLocations()
                .forEach(orphans::add);
        Collections.sort(orphans);
        requireOwn(table, orphans);
        return orphans;
    }

    private static void requireOwn(Table table, List<String> orphans) {
        for (String file : orphans) {
            if (file.endsWith(METADATA_FILE)
                    && !table.uuid()
                            .toString()
                            .equals(TableMetadataParser.read(table.io(), file).uuid())) {
                throw JobException.outsideSystem(
                        "Another table lies in " + table.location() + " (" + file
                                + "), of another catalog or --namespace-prefix. Its files can't be told from orphans, so none"
                                + " was removed.\nGive each lake a --lake of its own.",
                        null);
            }
        }
    }

    static void delete(Table table, List<String> orphans) {
        CatalogUtil.deleteFiles(table.io(), orphans, "orphan", true);
    }
}
