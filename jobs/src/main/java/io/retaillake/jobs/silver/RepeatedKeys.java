package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;

import io.retaillake.common.silver.RepeatedNumbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which of the valid rows that have one key are kept, where the source lets keys repeat: the smallest by its other columns, nulls last.
 * Only keys whose hash repeats are compared.
 *
 * @param kept the rows of bronze but those that are not kept, as {@link PurchaseParser} takes them
 * @param judged the parsed rows whose keys may repeat, and whether each does, where there are any
 * @param count what the rows are that are not kept
 */
record RepeatedKeys(JavaRDD<InternalRow> kept, Optional<Dataset<Row>> judged, BronzeCount count)
        implements AutoCloseable {

    private static final String REPEATS = "repeats_a_kept_key";
    private static final List<String> RANK =
            List.of("customer_id", "store_cd", "purchase_date", "purchase_time", "amount");
    private static final KeyHashes HASHES = KeyHashes.ofBronze();

    /** Where no key repeats. */
    static RepeatedKeys none(JavaRDD<InternalRow> bronze) {
        return new RepeatedKeys(bronze, Optional.empty(), new BronzeCount(new Figures(0, BigDecimal.ZERO), 0));
    }

    /**
     * Judges the rows whose hashes repeat. Costs a scan, and a shuffle of those rows, which Spark stores until this is closed.
     *
     * @param bronze rows as {@link PurchaseParser} takes them
     * @param hashes those of {@link KeyHashes} that several of them have
     */
    static RepeatedKeys of(SparkSession spark, JavaRDD<InternalRow> bronze, RepeatedNumbers hashes) {
        Broadcast<RepeatedNumbers> shared =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(hashes);
        JavaRDD<InternalRow> suspicious = bronze.filter(row -> shared.value().mayContain(HASHES.of(row)));
        JavaRDD<InternalRow> others = bronze.filter(row -> !shared.value().mayContain(HASHES.of(row)));
        Dataset<Row> judged = PurchaseParser.parse(spark, suspicious)
                .withColumn(
                        REPEATS,
                        col(PurchaseParser.VALID).and(numberAmongCopies().gt(1)))
                .persist();
        return new RepeatedKeys(
                others.union(PurchaseParser.rows(judged.where(not(col(REPEATS))))),
                Optional.of(judged),
                BronzeCount.of(judged.where(REPEATS)));
    }

    /** An invalid row is no copy of a valid one. Copies that are equal by this order are equal in every column. */
    private static Column numberAmongCopies() {
        Column[] copies = Stream.concat(PurchaseParser.KEY.stream(), Stream.of(PurchaseParser.VALID))
                .map(name -> col(name))
                .toArray(Column[]::new);
        // Text tells 0.0 and -0.0 apart.
        Column[] order = Stream.concat(
                        RANK.stream().map(name -> col(name).asc_nulls_last()),
                        Stream.of(col("amount").cast(DataTypes.StringType).asc_nulls_last()))
                .toArray(Column[]::new);
        WindowSpec window = Window.partitionBy(copies).orderBy(order);
        return row_number().over(window);
    }

    /** The parsed rows that are not kept, if there are any. */
    Optional<Dataset<Row>> rejected() {
        return count.read().rows() == 0
                ? Optional.empty()
                : judged.map(rows -> rows.where(REPEATS).drop(REPEATS));
    }

    /** Lets go of the rows that Spark stores. */
    @Override
    public void close() {
        judged.ifPresent(Dataset::unpersist);
    }
}
