package io.retaillake.common.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

class GroupByHashTest {

    private static final int COLUMNS = 5;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** In some columns the code depends on those before, at first or always. */
    @RepeatedTest(20)
    void numbersCombinationsInTheOrderOfTheirFirstAppearance() {
        GroupByHash groups = new GroupByHash(COLUMNS);
        Map<List<Integer>, Integer> expected = new LinkedHashMap<>();
        boolean[] depends = {false, random.nextBoolean(), random.nextBoolean(), random.nextBoolean(), true};
        for (int batch = 0; batch < 6; batch++) {
            int rows = random.nextInt(300);
            int[][] codes = new int[COLUMNS][rows];
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < COLUMNS; column++) {
                    boolean isFree = column == 0 || (!depends[column] && batch > 2);
                    codes[column][row] = isFree ? random.nextInt(40) : codes[column - 1][row] % (10 - column);
                }
            }
            int[] found = new int[rows];
            groups.find(codes, found, rows);

            for (int row = 0; row < rows; row++) {
                int number = row;
                List<Integer> key = IntStream.range(0, COLUMNS)
                        .mapToObj(column -> codes[column][number])
                        .toList();
                expected.putIfAbsent(key, expected.size());
                assertThat(found[row]).as("seed %d, row %d", seed, row).isEqualTo(expected.get(key));
            }
        }

        assertThat(groups.size()).as("seed %d", seed).isEqualTo(expected.size());
        int[] codes = new int[COLUMNS];
        expected.forEach((key, group) -> {
            groups.codes(group, codes);
            assertThat(Arrays.stream(codes).boxed().toList())
                    .as("seed %d", seed)
                    .isEqualTo(key);
        });
    }
}
