package io.retaillake.jobs.ops.maintenance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.BinPackRewriteFilePlanner;
import org.apache.iceberg.actions.RewriteFileGroup;
import org.apache.iceberg.actions.SizeBasedFileRewritePlanner;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/**
 * Small files of a partition that are worth rewriting as one. Rows stay what they are: the new version's seal is that of the
 * version that it rewrites.
 *
 * @param files how many there are
 * @param bytes their size
 * @param groups how many files they become, at least
 */
record Compaction(long files, long bytes, long groups) {

    private static final Compaction NOTHING = new Compaction(0, 0, 0);

    /** What would be rewritten; nothing where {@code smallFiles} is 0 or the table is empty. */
    static Compaction plan(Table table, int smallFiles) {
        if (smallFiles == 0 || table.currentSnapshot() == null) {
            return NOTHING;
        }
        BinPackRewriteFilePlanner planner = new BinPackRewriteFilePlanner(table);
        planner.init(options(smallFiles));
        long files = 0;
        long bytes = 0;
        long groups = 0;
        try (CloseableIterable<RewriteFileGroup> planned = planner.plan().groups()) {
            for (RewriteFileGroup group : planned) {
                files += group.inputFileNum();
                bytes += group.inputFilesSizeInBytes();
                groups++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Compaction(files, bytes, groups);
    }

    boolean isEmpty() {
        return files == 0;
    }

    /** Rewrites them in one commit; if another run changes the same files meanwhile, nothing is rewritten. */
    static void run(SparkSession spark, Table table, int smallFiles) {
        SparkActions.get(spark)
                .rewriteDataFiles(table)
                .binPack()
                .options(options(smallFiles))
                .execute();
    }

    private static Map<String, String> options(int smallFiles) {
        return Map.of(SizeBasedFileRewritePlanner.MIN_INPUT_FILES, Integer.toString(smallFiles));
    }
}
