package io.retaillake.common.purchases;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * The numbers that are among very many more than once. Each is known by its first bits only, so that millions of them take no more than
 * eight megabytes.
 */
public final class RepeatedHashes implements Serializable {

    private static final long serialVersionUID = 1;
    private static final int NUMBERS_IN_A_BLOCK = 16_384;
    private static final long MOST_NUMBERS_IN_A_TASK = 4_000_000;
    private static final int KNOWN_BITS = 26;

    private final BitSet beginnings = new BitSet();

    private RepeatedHashes() {}

    /**
     * Looks for them. The numbers are sent to the tasks that sort them by the thousand: as rows of their own they would cost several times
     * as much. Costs a shuffle of eight bytes a number, and as much memory a task for its part of them.
     *
     * @param count about how many there are
     */
    public static RepeatedHashes find(JavaRDD<Long> numbers, long count) {
        int parts = (int) Math.max(numbers.context().defaultParallelism(), count / MOST_NUMBERS_IN_A_TASK + 1);
        return findIn(numbers, parts);
    }

    static RepeatedHashes findIn(JavaRDD<Long> numbers, int parts) {
        RepeatedHashes found = new RepeatedHashes();
        numbers.mapPartitionsToPair(task -> new Blocks(task, parts))
                .partitionBy(new HashPartitioner(parts))
                .values()
                .mapPartitions(blocks -> List.of(beginningsOfRepeated(blocks)).iterator())
                .collect()
                .forEach(beginnings -> Arrays.stream(beginnings).forEach(found.beginnings::set));
        return found;
    }

    public boolean isEmpty() {
        return beginnings.isEmpty();
    }

    /** True for each number that was there more than once, and for a few others. */
    public boolean mayContain(long number) {
        return beginnings.get(beginning(number));
    }

    private static int beginning(long number) {
        return (int) (number >>> (Long.SIZE - KNOWN_BITS));
    }

    private static int[] beginningsOfRepeated(Iterator<long[]> blocks) {
        long[] all = new long[NUMBERS_IN_A_BLOCK];
        int size = 0;
        while (blocks.hasNext()) {
            long[] block = blocks.next();
            if (size + block.length > all.length) {
                all = Arrays.copyOf(all, Math.addExact(all.length, Math.max(all.length, block.length)));
            }
            System.arraycopy(block, 0, all, size, block.length);
            size += block.length;
        }
        Arrays.sort(all, 0, size);
        long[] sorted = all;
        return IntStream.range(1, size)
                .filter(i -> sorted[i] == sorted[i - 1])
                .map(i -> beginning(sorted[i]))
                .distinct()
                .toArray();
    }

    /** A task's numbers in blocks, each with the part that all its numbers belong to. */
    private static final class Blocks implements Iterator<Tuple2<Integer, long[]>> {

        private final Iterator<Long> numbers;
        private final long[][] blocks;
        private final int[] sizes;
        private final Queue<Integer> full = new ArrayDeque<>();

        Blocks(Iterator<Long> numbers, int parts) {
            this.numbers = numbers;
            this.blocks = new long[parts][NUMBERS_IN_A_BLOCK];
            this.sizes = new int[parts];
        }

        @Override
        public boolean hasNext() {
            while (full.isEmpty() && numbers.hasNext()) {
                long number = numbers.next();
                int part = (int) Long.remainderUnsigned(number, blocks.length);
                blocks[part][sizes[part]++] = number;
                if (sizes[part] == NUMBERS_IN_A_BLOCK) {
                    full.add(part);
                }
            }
            if (full.isEmpty()) {
                IntStream.range(0, sizes.length).filter(part -> sizes[part] > 0).forEach(full::add);
            }
            return !full.isEmpty();
        }

        @Override
        public Tuple2<Integer, long[]> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int part = full.remove();
            long[] block = Arrays.copyOf(blocks[part], sizes[part]);
            sizes[part] = 0;
            return new Tuple2<>(part, block);
        }
    }
}
