package io.retaillake.common.columnar;

import java.io.IOException;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;

/** A required column of strings, read as hashes of 64 bits: for readers of so many different ones that a dictionary would cost more. */
public final class HashColumnReader {

    private final ColumnPageReader pages;
    private final long seed;
    private final long[] hashesOfIds;
    private int[] ids = new int[0];

    HashColumnReader(ColumnPageReader pages, long seed) {
        this.pages = pages;
        this.seed = seed;
        Dictionary dictionary = pages.dictionary();
        hashesOfIds = new long[dictionary == null ? 0 : dictionary.getMaxId() + 1];
        for (int id = 0; id < hashesOfIds.length; id++) {
            hashesOfIds[id] = hash(dictionary.decodeToBinary(id));
        }
    }

    /** Reads the hashes of the next rows: those that {@link XXH64} has of the strings. */
    public void read(long[] hashes, int rowCount) throws IOException {
        int start = 0;
        while (start < rowCount) {
            int count = Math.min(rowCount - start, pages.rowsLeft());
            pages.beginRows(count);
            if (pages.isNumbered()) {
                readNumbered(hashes, start, count);
            } else if (pages.values() instanceof PlainStringDecoder texts) {
                for (int row = start; row < start + count; row++) {
                    texts.skip();
                    hashes[row] = hash(texts.bytes(), texts.start(), texts.length());
                }
            } else {
                for (int row = start; row < start + count; row++) {
                    hashes[row] = hash(pages.values().readBytes());
                }
            }
            start += count;
        }
    }

    private void readNumbered(long[] hashes, int start, int count) throws IOException {
        if (ids.length < count) {
            ids = new int[count];
        }
        pages.readIds(ids, 0, count);
        for (int row = 0; row < count; row++) {
            hashes[start + row] = hashesOfIds[ids[row]];
        }
    }

    private long hash(Binary text) {
        byte[] bytes = text.getBytesUnsafe();
        return hash(bytes, 0, bytes.length);
    }

    private long hash(byte[] bytes, int start, int length) {
        return XXH64.hashUnsafeBytes(bytes, Platform.BYTE_ARRAY_OFFSET + (long) start, length, seed);
    }
}
