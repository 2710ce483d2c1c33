package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What all values of a small table come down to, by which its reader sees that it reads what was published: Avro's blocks
 * carry no checksum.
 *
 * @param rows number of rows
 * @param hash sum of the rows' hashes, whatever their order; 0 of no row. A row's hash is that of Spark's {@code xxhash64}.
 */
public record Fingerprint(long rows, long hash) {

    private static final long SEED = 42;

    /** The fingerprint of a table's rows. */
    public static Fingerprint of(StringRows table) {
        return new Fingerprint(
                table.rows().size(),
                table.rows().stream().mapToLong(Fingerprint::hash).sum());
    }

    /** The hash of some strings in a row; nulls are left out. */
    static long hash(List<String> row) {
        long hash = SEED;
        for (String text : row) {
            if (text != null) {
                hash = XXH64.hashUTF8String(UTF8String.fromString(text), hash);
            }
        }
        return hash;
    }

    /** The name of the fact that holds it. */
    public static String fact(TableContract contract) {
        return "fingerprint." + contract.name();
    }

    /** As a fact records it. */
    @Override
    public String toString() {
        return rows + " rows with hash " + Long.toHexString(hash);
    }
}
