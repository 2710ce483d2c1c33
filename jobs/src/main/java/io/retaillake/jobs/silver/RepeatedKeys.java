package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;

import io.retaillake.common.contract.ColumnMapping;
import io.retaillake.common.contract.SourceColumns;
import io.retaillake.common.contract.SourceType;
import io.retaillake.common.purchases.RepeatedHashes;
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
 * @param kept the window's rows of bronze but those that are not kept, as {@link PurchaseParser} takes them
 * @param stored what Spark stores until this is closed, where it stores anything
 * @param rejected the window's parsed rows that are not kept, if there are any
 * @param count what these are; of none where there are none
 */
record RepeatedKeys(
        JavaRDD<InternalRow> kept, Optional<Dataset<Row>> stored, Optional<Dataset<Row>> rejected, BronzeCount count)
        implements AutoCloseable {

    private static final String REPEATS = "repeats_a_kept_key";
    private static final List<String> RANK = SourceColumns.PURCHASE.stream()
            .map(ColumnMapping::bronze)
            .filter(column -> !PurchaseParser.KEY.contains(column))
            .toList();
    private static final List<String> DOUBLES = SourceColumns.PURCHASE.stream()
            .filter(column -> column.type().kind() == SourceType.Kind.DOUBLE)
            .map(ColumnMapping::bronze)
            .toList();
    private static final KeyHashes HASHES = KeyHashes.ofBronze();

    /** Where no key repeats. */
    static RepeatedKeys none(JavaRDD<InternalRow> bronze) {
        return new RepeatedKeys(
                bronze, Optional.empty(), Optional.empty(), new BronzeCount(new ControlTotals(0, BigDecimal.ZERO), 0));
    }

    /**
     * Judges the rows whose hashes repeat. Costs a scan, and a shuffle of those rows, which Spark stores until this is closed.
     *
     * @param ofAllMonths bronze's rows, as {@link PurchaseParser} takes them
     * @param ofWindow those of them that are written
     * @param isWritten true for these
     * @param hashes those of {@link KeyHashes} that several of all have
     */
    static RepeatedKeys of(
            SparkSession spark,
            JavaRDD<InternalRow> ofAllMonths,
            JavaRDD<InternalRow> ofWindow,
            Column isWritten,
            RepeatedHashes hashes) {
        Broadcast<RepeatedHashes> shared =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(hashes);
        JavaRDD<InternalRow> suspicious =
                ofAllMonths.filter(row -> shared.value().mayContain(HASHES.of(row)));
        JavaRDD<InternalRow> others = ofWindow.filter(row -> !shared.value().mayContain(HASHES.of(row)));
        Dataset<Row> judged = PurchaseParser.parse(spark, suspicious)
                .withColumn(
                        REPEATS,
                        col(PurchaseParser.VALID).and(numberAmongCopies().gt(1)))
                .persist();
        Dataset<Row> written = judged.where(isWritten);
        Dataset<Row> notKept = written.where(REPEATS).drop(REPEATS);
        BronzeCount count = BronzeCount.of(notKept);
        return new RepeatedKeys(
                others.union(PurchaseParser.rows(written.where(not(col(REPEATS))))),
                Optional.of(judged),
                Optional.of(notKept).filter(rows -> count.read().rows() > 0),
                count);
    }

    /** An invalid row is no copy of a valid one. Copies that are equal by this order are equal in every column. */
    private static Column numberAmongCopies() {
        Column[] copies = Stream.concat(PurchaseParser.KEY.stream(), Stream.of(PurchaseParser.VALID))
                .map(name -> col(name))
                .toArray(Column[]::new);
        // Text tells 0.0 and -0.0 apart.
        Column[] order = Stream.concat(
                        RANK.stream().map(name -> col(name).asc_nulls_last()),
                        DOUBLES.stream()
                                .map(name ->
                                        col(name).cast(DataTypes.StringType).asc_nulls_last()))
                .toArray(Column[]::new);
        WindowSpec window = Window.partitionBy(copies).orderBy(order);
        return row_number().over(window);
    }

    /** Lets go of the rows that Spark stores. */
    @Override
    public void close() {
        stored.ifPresent(Dataset::unpersist);
    }
}
