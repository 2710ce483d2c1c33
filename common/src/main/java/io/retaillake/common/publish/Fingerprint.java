package io.retaillake.common.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.retaillake.common.contract.TableContract;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What all values of a small table come down to, by which its reader sees that it reads what was published: Avro's blocks
 * carry no checksum.
 *
 * @param rows number of rows
 * @param hash sum of the rows' hashes, whatever their order; 0 of no row
 */
public record Fingerprint(long rows, long hash) {

    /** The fingerprint of {@code table}, which has the contract's columns. Costs a scan. */
    public static Fingerprint of(TableContract contract, Dataset<Row> table) {
        Column[] columns =
                contract.columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
        Row row = table.agg(count(lit(1)), sum(xxhash64(columns))).head();
        return new Fingerprint(row.getLong(0), row.isNullAt(1) ? 0 : row.getLong(1));
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
