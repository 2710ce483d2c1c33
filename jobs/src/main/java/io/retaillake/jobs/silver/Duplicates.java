package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds rows with equal keys, and which of them to keep. Keys are compared by hash first: only rows whose hash repeats,
 * usually none, are compared in full.
 */
final class Duplicates {

    private static final String HASH = "key_hash";
    private static final String COPY = "copy_of_key";
    private static final long MOST_BROADCAST_HASHES = 1_000_000;
    private static final long MOST_HASHES_IN_A_TASK = 4_000_000;

    /** The raw columns beside the key, by which the kept row is chosen: the smallest, nulls last. */
    private static final List<String> RANK_COLUMNS =
            List.of("customer_id", "store_cd", "purchase_date", "purchase_time", "amount");

    private Duplicates() {}

    /** The 64-bit hash of the key columns. */
    static Column keyHash() {
        return xxhash64(PurchaseParser.KEY.stream().map(name -> col(name)).toArray(Column[]::new));
    }

    /** Hashes that more than one row has, one a row. Costs a scan and a shuffle of eight bytes a row. */
    static Dataset<Row> repeatedHashes(Dataset<Row> rows) {
        return rows.select(keyHash().as(HASH))
                .groupBy(HASH)
                .agg(count(lit(1)).as("rows"))
                .where(col("rows").gt(1))
                .select(HASH);
    }

    /**
     * Whether any two rows' keys have the same hash. Costs a scan, a shuffle of eight bytes a row, and as much memory a task
     * for its part of the {@code rowCount} rows.
     */
    static boolean anyHashRepeats(Dataset<Row> rows, long rowCount) {
        int parts = (int) Math.max(
                rows.sparkSession().sessionState().conf().numShufflePartitions(), rowCount / MOST_HASHES_IN_A_TASK + 1);
        return RepeatedNumbers.exist(rows.select(keyHash()).as(Encoders.LONG()), parts);
    }

    /** The rows whose key's hash another row has, too. */
    static Dataset<Row> withRepeatedHash(Dataset<Row> rows) {
        return withHash(rows).join(repeatedHashes(rows), toArray(List.of(HASH)), "left_semi");
    }

    /** The {@code valid} rows without those that repeat a key. */
    static Dataset<Row> kept(Dataset<Row> valid, Dataset<Row> repeatedHashes, long hashCount) {
        Dataset<Row> unique =
                withHash(valid).join(small(repeatedHashes, hashCount), toArray(List.of(HASH)), "left_anti");
        Dataset<Row> first =
                ranked(valid, repeatedHashes, hashCount).where(col(COPY).equalTo(1));
        return unique.drop(HASH).unionByName(first.drop(HASH, COPY));
    }

    /** The {@code valid} rows that repeat a key of which another row is kept. */
    static Dataset<Row> repeated(Dataset<Row> valid, Dataset<Row> repeatedHashes, long hashCount) {
        return ranked(valid, repeatedHashes, hashCount).where(col(COPY).gt(1)).drop(HASH, COPY);
    }

    private static Dataset<Row> ranked(Dataset<Row> valid, Dataset<Row> repeatedHashes, long hashCount) {
        WindowSpec copies = Window.partitionBy(columns(PurchaseParser.KEY)).orderBy(rank());
        return withHash(valid)
                .join(small(repeatedHashes, hashCount), toArray(List.of(HASH)), "left_semi")
                .withColumn(COPY, row_number().over(copies));
    }

    /** Rows that are equal by this order are equal in every column, so it does not matter which of them is first. */
    private static Column[] rank() {
        // Text tells 0.0 and -0.0 apart.
        return Stream.concat(
                        RANK_COLUMNS.stream().map(name -> col(name).asc_nulls_last()),
                        Stream.of(col("amount").cast(DataTypes.StringType).asc_nulls_last()))
                .toArray(Column[]::new);
    }

    private static Dataset<Row> withHash(Dataset<Row> rows) {
        return rows.withColumn(HASH, keyHash());
    }

    private static Dataset<Row> small(Dataset<Row> hashes, long count) {
        return count <= MOST_BROADCAST_HASHES ? broadcast(hashes) : hashes;
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(name -> col(name)).toArray(Column[]::new);
    }

    private static String[] toArray(List<String> names) {
        return names.toArray(String[]::new);
    }
}
