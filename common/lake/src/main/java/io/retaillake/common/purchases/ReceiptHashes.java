package io.retaillake.common.purchases;

import io.retaillake.common.columnar.ColumnBatch;
import io.retaillake.common.columnar.ColumnarParquetReader;
import io.retaillake.common.columnar.HashColumnReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.iceberg.Table;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;

/** The receipts of a part as hashes of 64 bits, each once where its lines are near each other. */
final class ReceiptHashes {

    private static final long SEED = 42;

    /** A power of two, as many as a core's cache holds. */
    private static final int RECENT = 1 << 15;

    private final long[] recent = new long[RECENT];
    private long[] hashes = new long[ColumnBatch.MOST_ROWS];
    private int size;

    private ReceiptHashes() {}

    /** Reads those of a part. Costs eight bytes of memory a receipt. */
    static Iterator<Long> of(Table purchases, PurchasePart part) {
        ReceiptHashes receipts = new ReceiptHashes();
        long seed = ofAffiliate(part.affiliate());
        int field = purchases.schema().findField(PurchaseFile.RECEIPT).fieldId();
        for (FileSlice slice : part.slices()) {
            try (ColumnarParquetReader file =
                    new ColumnarParquetReader(purchases.io().newInputFile(slice.location()), List.of(field))) {
                file.limit(slice.firstRow(), slice.rows());
                receipts.read(file, field, seed);
            } catch (IOException e) {
                throw new UncheckedIOException("Can't read " + slice.location(), e);
            } catch (RuntimeException e) {
                throw new IllegalStateException("Can't read " + slice.location(), e);
            }
        }
        return LongStream.of(receipts.hashes).limit(receipts.size).iterator();
    }

    private void read(ColumnarParquetReader file, int field, long seed) throws IOException {
        long[] hashesOfRows = new long[ColumnBatch.MOST_ROWS];
        for (long rows = file.nextRowGroup(); rows > 0; rows = file.nextRowGroup()) {
            HashColumnReader column = file.hashes(field, seed);
            for (long left = rows; left > 0; left -= hashesOfRows.length) {
                int count = (int) Math.min(left, hashesOfRows.length);
                column.read(hashesOfRows, count);
                add(hashesOfRows, count);
            }
        }
    }

    private void add(long[] hashesOfRows, int rows) {
        if (hashes.length < size + rows) {
            hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        }
        for (int row = 0; row < rows; row++) {
            long hash = hashesOfRows[row];
            int slot = (int) hash & (RECENT - 1);
            // Zero is what an empty slot has.
            if (recent[slot] != hash || hash == 0) {
                recent[slot] = hash;
                hashes[size++] = hash;
            }
        }
    }

    /** What the hashes of an affiliate's receipts begin with. */
    static long ofAffiliate(String affiliate) {
        return XXH64.hashUTF8String(UTF8String.fromString(affiliate), SEED);
    }

    /** The hash of a receipt. */
    static long of(UTF8String receipt, long ofAffiliate) {
        return XXH64.hashUTF8String(receipt, ofAffiliate);
    }
}
