package io.retaillake.common.publish;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a pass over all rows of a dimension shows: what they come down to, and which keys several of them have. Takes eight bytes for each
 * row, for a hash of its key.
 */
public final class DimensionScan {

    /** Where more keys repeat, something else is wrong; to name them all would take as much memory as all rows. */
    private static final int MOST_REPEATED_KEYS = 100_000;

    private final StringTable table;
    private final int[] keyFields;
    private long[] keyHashes;
    private int rows;
    private long hash;

    private DimensionScan(StringTable table) {
        this.table = table;
        this.keyFields = table.contract().key().stream()
                .mapToInt(table.contract().columnNames()::indexOf)
                .toArray();
        this.keyHashes = new long[Math.toIntExact(Math.max(16, table.expectedRows()))];
    }

    /** Reads the rows, and gives each to {@code action}, too. */
    public static DimensionScan of(StringTable table, Consumer<List<String>> action) {
        DimensionScan scan = new DimensionScan(table);
        table.forEach(row -> {
            scan.add(row);
            action.accept(row);
        });
        return scan;
    }

    private void add(List<String> row) {
        if (rows == keyHashes.length) {
            keyHashes = Arrays.copyOf(keyHashes, Math.multiplyExact(2, rows));
        }
        keyHashes[rows++] = Fingerprint.hash(key(row));
        hash += Fingerprint.hash(row);
    }

    private List<String> key(List<String> row) {
        return Arrays.stream(keyFields).mapToObj(row::get).toList();
    }

    /** The dimension. */
    public StringTable table() {
        return table;
    }

    /** What the rows come down to. */
    public Fingerprint fingerprint() {
        return new Fingerprint(rows, hash);
    }

    /**
     * The contract's keys that several rows have, each with their number, in the order of their first rows; at most
     * a hundred thousand, and none where the contract has no key. Reads the rows again where hashes of keys repeat.
     */
    public Map<List<String>, Long> repeatedKeys() {
        long[] repeated = repeatedHashes();
        Map<List<String>, Long> rowsByKey = new LinkedHashMap<>();
        if (keyFields.length > 0 && repeated.length > 0) {
            table.forEach(row -> {
                List<String> key = key(row);
                if (Arrays.binarySearch(repeated, Fingerprint.hash(key)) >= 0) {
                    rowsByKey.merge(key, 1L, Long::sum);
                }
            });
            rowsByKey.values().removeIf(count -> count == 1);
        }
        return rowsByKey;
    }

    private long[] repeatedHashes() {
        long[] sorted = Arrays.copyOf(keyHashes, rows);
        Arrays.sort(sorted);
        long[] repeated = new long[16];
        int count = 0;
        for (int i = 1; i < rows && count < MOST_REPEATED_KEYS; i++) {
            if (sorted[i] == sorted[i - 1] && (count == 0 || repeated[count - 1] != sorted[i])) {
                if (count == repeated.length) {
                    repeated = Arrays.copyOf(repeated, 2 * count);
                }
                repeated[count++] = sorted[i];
            }
        }
        return Arrays.copyOf(repeated, count);
    }
}
