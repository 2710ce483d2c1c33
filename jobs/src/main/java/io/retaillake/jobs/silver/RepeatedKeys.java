package io.retaillake.jobs.silver;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The keys that several valid rows have, where the source lets that happen.
 *
 * @param hashes hashes that several rows have, one a row; null where none was looked for
 * @param hashCount how many hashes there are
 * @param count rows to reject, because another row with their key is kept
 */
record RepeatedKeys(Dataset<Row> hashes, long hashCount, long count) {

    /** No key repeats. */
    static final RepeatedKeys NONE = new RepeatedKeys(null, 0, 0);

    /** Looks for them. Costs a scan and a shuffle of eight bytes a row; a second scan where some hash repeats. */
    static RepeatedKeys find(Dataset<Row> valid) {
        Dataset<Row> hashes = Duplicates.repeatedHashes(valid).persist();
        long hashCount = hashes.count();
        if (hashCount == 0) {
            hashes.unpersist();
            return NONE;
        }
        return new RepeatedKeys(
                hashes, hashCount, Duplicates.repeated(valid, hashes, hashCount).count());
    }

    boolean exist() {
        return count > 0;
    }

    /** The valid rows that are kept: one for each key. */
    Dataset<Row> keptOf(Dataset<Row> valid) {
        return exist() ? Duplicates.kept(valid, hashes, hashCount) : valid;
    }

    /** The valid rows that are not. */
    Dataset<Row> repeatedOf(Dataset<Row> valid) {
        return Duplicates.repeated(valid, hashes, hashCount);
    }
}
