package io.retaillake.common.columnar;

import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Puts whole numbers into Parquet's mix of runs of one number and groups of eight with packed bits. Parquet's own encoder takes them one by
 * one, which was a seventh of silver's processor time.
 */
final class RunLengthBitPackingEncoder {

    private static final int GROUP = 8;

    /** As many as Parquet's own encoder puts together: their header is a byte. */
    private static final int MOST_GROUPS = 63;

    private RunLengthBitPackingEncoder() {}

    /** Adds the first {@code count} of {@code numbers}, of {@code bits} bits each, to {@code page}. */
    static void put(PageBuffer page, int bits, int[] numbers, int count) {
        BytePacker packer = Packer.LITTLE_ENDIAN.newBytePacker(bits);
        int next = 0;
        while (next < count) {
            int run = runLength(numbers, next, count);
            if (run >= GROUP) {
                putRun(page, bits, numbers[next], run);
                next += run;
            } else {
                int end = endOfGroups(numbers, next, count);
                putGroups(page, packer, numbers, next, end);
                next = end;
            }
        }
    }

    private static int runLength(int[] numbers, int start, int count) {
        int end = start + 1;
        while (end < count && numbers[end] == numbers[start]) {
            end++;
        }
        return end - start;
    }

    /** Where a run begins, or there are groups enough, or all numbers end. */
    private static int endOfGroups(int[] numbers, int start, int count) {
        int most = Math.min(count, start + MOST_GROUPS * GROUP);
        int end = start + GROUP;
        while (end < most && runLength(numbers, end, Math.min(count, end + GROUP)) < GROUP) {
            end += GROUP;
        }
        return Math.min(end, count);
    }

    private static void putGroups(PageBuffer page, BytePacker packer, int[] numbers, int start, int end) {
        int groups = (end - start + GROUP - 1) / GROUP;
        page.putUnsigned(groups << 1 | 1);
        int next = start;
        for (; next + GROUP <= end; next += GROUP) {
            page.putPacked(packer, numbers, next);
        }
        if (next < end) {
            int[] last = new int[GROUP];
            System.arraycopy(numbers, next, last, 0, end - next);
            page.putPacked(packer, last, 0);
        }
    }

    /** Adds {@code length} times the same number. */
    static void putRun(PageBuffer page, int bits, int number, int length) {
        page.putUnsigned(length << 1);
        for (int i = 0; i < BytesUtils.paddedByteCountFromBits(bits); i++) {
            page.write(number >>> (Byte.SIZE * i));
        }
    }
}
