package io.retaillake.jobs.silver;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.sql.Dataset;
import scala.Tuple2;

/**
 * Looks for a number that is among very many twice. The numbers are sent to the tasks that sort them by the thousand: as rows of
 * their own they would cost several times as much.
 */
final class RepeatedNumbers {

    private static final int NUMBERS_IN_A_BLOCK = 16_384;

    private RepeatedNumbers() {}

    /** Whether any two are equal. Costs a shuffle of eight bytes a number, and as much memory a task for its part of them. */
    static boolean exist(Dataset<Long> numbers, int parts) {
        return numbers.javaRDD()
                .mapPartitionsToPair(task -> new Blocks(task, parts))
                .partitionBy(new HashPartitioner(parts))
                .values()
                .mapPartitions(blocks -> List.of(repeats(blocks)).iterator())
                .collect()
                .contains(true);
    }

    private static boolean repeats(Iterator<long[]> blocks) {
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
        return IntStream.range(1, size).anyMatch(i -> sorted[i] == sorted[i - 1]);
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
