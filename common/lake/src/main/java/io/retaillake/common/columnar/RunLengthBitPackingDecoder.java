package io.retaillake.common.columnar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Whole numbers in Parquet's mix of runs of one number and groups of eight with packed bits, read by the thousand: to ask for each by
 * itself takes several times as long.
 */
final class RunLengthBitPackingDecoder {

    private static final int GROUP = 8;
    private static final int BITS_PER_BYTE = 7;
    private static final int MORE = 1 << BITS_PER_BYTE;

    private final ByteBuffer bytes;
    private final int bits;
    private final BytePacker packer;
    private final int[] group = new int[GROUP];

    /** Numbers left of the run, and the number. */
    private int runLeft;

    private int runNumber;

    /** Groups left, and what is left of the one that was unpacked last, which is its end. */
    private int groupsLeft;

    private int groupLeft;

    /** Numbers of {@code bits} bits from the buffer's position on. */
    RunLengthBitPackingDecoder(ByteBuffer bytes, int bits) {
        this.bytes = bytes;
        this.bits = bits;
        this.packer = Packer.LITTLE_ENDIAN.newBytePacker(bits);
    }

    /** Whether the next {@code count} numbers are one run of {@code number}. Looks at nothing beyond the first run. */
    boolean isRunOf(int number, int count) throws IOException {
        if (runLeft + groupLeft + groupsLeft == 0) {
            begin();
        }
        return runLeft >= count && runNumber == number;
    }

    /** Reads the next numbers into {@code numbers}. */
    void read(int[] numbers, int start, int count) throws IOException {
        int next = start;
        int end = start + count;
        while (next < end) {
            if (runLeft > 0) {
                int length = Math.min(runLeft, end - next);
                Arrays.fill(numbers, next, next + length, runNumber);
                runLeft -= length;
                next += length;
            } else if (groupLeft > 0) {
                int length = Math.min(groupLeft, end - next);
                System.arraycopy(group, GROUP - groupLeft, numbers, next, length);
                groupLeft -= length;
                next += length;
            } else if (groupsLeft > 0) {
                next = unpack(numbers, next, end);
            } else {
                begin();
            }
        }
    }

    /** Unpacks as many whole groups as there is room for, or one that there is not; returns up to where. */
    private int unpack(int[] numbers, int start, int end) {
        int next = start;
        int position = bytes.position();
        int groups = Math.min(groupsLeft, (end - start) / GROUP);
        for (int i = 0; i < groups; i++) {
            packer.unpack8Values(bytes, position, numbers, next);
            position += bits;
            next += GROUP;
        }
        groupsLeft -= groups;
        if (groups == 0) {
            packer.unpack8Values(bytes, position, group, 0);
            position += bits;
            groupsLeft--;
            groupLeft = GROUP;
        }
        bytes.position(position);
        return next;
    }

    private void begin() throws IOException {
        int header = unsignedNumber();
        if ((header & 1) == 0) {
            runLeft = header >>> 1;
            runNumber = 0;
            for (int i = 0; i < BytesUtils.paddedByteCountFromBits(bits); i++) {
                runNumber |= (bytes.get() & 0xFF) << (Byte.SIZE * i);
            }
        } else {
            groupsLeft = header >>> 1;
            if ((long) groupsLeft * bits > bytes.remaining()) {
                throw new IOException(groupsLeft + " groups of eight numbers of " + bits + " bits in "
                        + bytes.remaining() + " bytes");
            }
        }
        if (runLeft + groupsLeft == 0) {
            throw new IOException("A run of no numbers");
        }
    }

    private int unsignedNumber() {
        int number = 0;
        int shift = 0;
        byte next = bytes.get();
        while ((next & MORE) != 0) {
            number |= (next & (MORE - 1)) << shift;
            shift += BITS_PER_BYTE;
            next = bytes.get();
        }
        return number | (next << shift);
    }
}
