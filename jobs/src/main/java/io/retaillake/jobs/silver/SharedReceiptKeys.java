package io.retaillake.jobs.silver;

import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.columnar.GroupByHash;
import io.retaillake.common.purchases.PartLines;
import io.retaillake.common.purchases.PartTasks;
import io.retaillake.common.purchases.PurchasePart;
import io.retaillake.common.purchases.RepeatedHashes;
import io.retaillake.common.purchases.SharedReceiptCodes;
import io.retaillake.common.purchases.SharedReceipts;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;

/** Keys of receipts that may lie in several parts, compared by hashes of 64 bits. */
final class SharedReceiptKeys {

    private static final long SEED = 42;

    private static final List<String> PRODUCT = List.of("division_cd", "main_category_cd", "sub_category_cd");
    private static final int RECEIPT = PRODUCT.size();

    private final List<ColumnDictionary> values;
    private final long affiliate;
    private final GroupByHash products = new GroupByHash(PRODUCT.size());
    private final int[] productsOfRows = new int[PartLines.ROWS_IN_A_BATCH];
    private long[] hashesOfProducts = new long[0];
    private long[] hashes = new long[PartLines.ROWS_IN_A_BATCH];
    private int size;

    private SharedReceiptKeys(List<ColumnDictionary> values, String affiliate) {
        this.values = values;
        this.affiliate = XXH64.hashUTF8String(UTF8String.fromString(affiliate), SEED);
    }

    /**
     * Whether several rows of {@code parts} may have one key of {@code shared} receipts; if not, none have. Costs a scan of the parts that
     * may have such receipts, and what {@link RepeatedHashes#find} does.
     */
    static boolean mayRepeat(JavaSparkContext context, Table table, List<PurchasePart> parts, SharedReceipts shared) {
        List<PurchasePart> read = parts.stream().filter(shared::mayBeIn).toList();
        if (read.isEmpty()) {
            return false;
        }
        Broadcast<Table> sharedTable = context.broadcast(SerializableTableWithSize.copyOf(table));
        try {
            return !RepeatedHashes.find(
                            PartTasks.of(context, read).flatMap(part -> hashes(sharedTable.value(), part, shared)),
                            read.stream().mapToLong(PurchasePart::rows).sum())
                    .isEmpty();
        } finally {
            sharedTable.destroy();
        }
    }

    private static Iterator<Long> hashes(Table table, PurchasePart part, SharedReceipts shared) {
        PartLines lines = new PartLines(table, part, PartProof.KEY_IN_PART);
        SharedReceiptKeys keys = new SharedReceiptKeys(lines.values(), part.affiliate());
        SharedReceiptCodes receipts =
                shared.codes(part.affiliate(), lines.values().get(RECEIPT));
        lines.forEachBatch((codes, cents, rows) -> keys.add(codes, rows, receipts.known()));
        return LongStream.of(keys.hashes).limit(keys.size).iterator();
    }

    private void add(int[][] codes, int rows, BitSet shared) {
        products.find(codes, productsOfRows, rows);
        hashNewProducts();
        if (hashes.length < size + rows) {
            hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        }
        for (int row = 0; row < rows; row++) {
            if (shared.get(codes[RECEIPT][row])) {
                hashes[size++] = values.get(RECEIPT).hash(codes[RECEIPT][row], hashesOfProducts[productsOfRows[row]]);
            }
        }
    }

    private void hashNewProducts() {
        int known = hashesOfProducts.length;
        hashesOfProducts = Arrays.copyOf(hashesOfProducts, products.size());
        int[] codes = new int[PRODUCT.size()];
        for (int product = known; product < hashesOfProducts.length; product++) {
            products.codes(product, codes);
            long hash = affiliate;
            for (int column = 0; column < codes.length; column++) {
                hash = values.get(column).hash(codes[column], hash);
            }
            hashesOfProducts[product] = hash;
        }
    }
}
