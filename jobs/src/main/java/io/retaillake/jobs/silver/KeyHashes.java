package io.retaillake.jobs.silver;

import io.retaillake.common.purchases.RepeatedHashes;
import java.io.Serializable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The 64-bit hashes of purchases' keys. Where no two are equal, as usual, no two keys are: to know that takes eight bytes a row in place
 * of the keys.
 */
final class KeyHashes implements Serializable {

    private static final long serialVersionUID = 1;
    private static final long SEED = 42;

    private final int[] fields;

    private KeyHashes(IntStream fields) {
        this.fields = fields.toArray();
    }

    /** For rows with the columns of {@code bronze.purchase}. */
    static KeyHashes ofBronze() {
        return new KeyHashes(PurchaseParser.KEY.stream().mapToInt(PurchaseParser.SCHEMA::fieldIndex));
    }

    /** For rows that have the columns of {@link PurchaseParser#KEY} only. */
    static KeyHashes ofKeys() {
        return new KeyHashes(IntStream.range(0, PurchaseParser.KEY.size()));
    }

    /** The hashes that several of {@code rowCount} rows have. Costs a scan and what {@link RepeatedHashes#find} does. */
    RepeatedHashes repeated(JavaRDD<InternalRow> rows, long rowCount) {
        return RepeatedHashes.find(rows.map(this::of), rowCount);
    }

    /** The hash of a row's key; a part of it that is null counts for nothing. */
    long of(InternalRow row) {
        long hash = SEED;
        for (int field : fields) {
            UTF8String part = row.getUTF8String(field);
            if (part != null) {
                hash = XXH64.hashUTF8String(part, hash);
            }
        }
        return hash;
    }
}
