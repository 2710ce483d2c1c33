package io.retaillake.jobs.silver;

import static io.retaillake.common.contract.SilverTables.PURCHASES;

import io.retaillake.common.columnar.ColumnarTable;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.StringTable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How {@code silver.purchases} is written: by columns, or by Spark where the table asks for files that can't be written so or the dimensions
 * are too large for memory. The rows are the same.
 */
record PurchaseWriting(Lake lake, BronzeInputs bronze, DimensionsRead dimensions) {

    private static final Logger LOG = LoggerFactory.getLogger(PurchaseWriting.class);

    /** Up to how many bytes, compressed, Spark takes for few enough to hold in memory; a million products can be as few. */
    private static final String BROADCASTS_OF_SHUFFLED_ROWS = "spark.sql.adaptive.autoBroadcastJoinThreshold";

    /** Reads the dimensions and decides. */
    static PurchaseWriting of(Lake lake, BronzeInputs bronze) {
        Optional<String> obstacle = lake.find(PURCHASES).flatMap(ColumnarTable::obstacle);
        long memory = DimensionMemory.mostBytes(
                JavaSparkContext.fromSparkContext(lake.spark().sparkContext()));
        DimensionsRead dimensions = DimensionsRead.of(bronze, obstacle.isPresent() ? 0 : memory);
        if (dimensions.encoded().isEmpty()) {
            LOG.warn(
                    "{} is written by Spark, which takes several times as long: {}",
                    PURCHASES,
                    obstacle.map(property -> "the table asks for " + property)
                            .orElse("products and customers, encoded, take more than " + memory + " bytes of memory"));
        }
        return new PurchaseWriting(lake, bronze, dimensions);
    }

    /** Writes the valid rows and returns what was read; counted on the way unless Spark or an earlier attempt wrote them. */
    BronzeCount write(Publication publication, RepeatedKeys repeatedKeys, Window window) {
        OverwriteFilter replaced = OverwriteFilter.ofYearsAndMonths("purchase_year", "purchase_month", window);
        if (dimensions.encoded().isEmpty()) {
            lake.spark().conf().set(BROADCASTS_OF_SHUFFLED_ROWS, "-1");
            try {
                publication.writeSorted(PURCHASES, joined(repeatedKeys), replaced);
            } finally {
                lake.spark().conf().unset(BROADCASTS_OF_SHUFFLED_ROWS);
            }
            return BronzeCount.of(bronze.parsed());
        }
        AtomicReference<BronzeCount> read = new AtomicReference<>();
        publication.writeFiles(
                PURCHASES,
                table -> {
                    WrittenPurchases written = WrittenPurchases.write(
                            table, repeatedKeys.kept(), dimensions.encoded().get());
                    read.set(written.read());
                    return written.files();
                },
                replaced);
        return publication.isDone(PURCHASES)
                ? BronzeCount.of(bronze.parsed())
                : read.get().plus(repeatedKeys.count());
    }

    private Dataset<Row> joined(RepeatedKeys repeatedKeys) {
        SparkSession spark = lake.spark();
        return JoinedPurchases.of(
                PurchaseParser.parse(spark, repeatedKeys.kept()),
                frame(bronze.products()),
                frame(bronze.customers()),
                dimensions.regions().frame(spark));
    }

    private Dataset<Row> frame(PublishedDimension dimension) {
        StringTable rows = dimension.rows();
        return lake.read(rows.contract(), rows.snapshotId());
    }
}
