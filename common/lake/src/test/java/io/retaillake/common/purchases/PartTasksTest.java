package io.retaillake.common.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartTasksTest {

    private static final List<String> ONE_FILE = List.of("1.parquet");

    @Test
    void dealsLargePartitionsToATaskEachAndSmallOnesTogether() {
        List<PurchasePart> large = IntStream.rangeClosed(1, 3)
                .mapToObj(month -> partition(month, PartTasks.ROWS_FOR_A_TASK, ONE_FILE))
                .toList();
        List<PurchasePart> small = IntStream.rangeClosed(4, 12)
                .mapToObj(month -> partition(month, PartTasks.ROWS_FOR_A_TASK / 5, ONE_FILE))
                .toList();

        assertThat(PartTasks.deal(IntStream.range(0, 12)
                        .mapToObj(i -> i < 3 ? large.get(i) : small.get(i - 3))
                        .toList()))
                .containsExactly(
                        large.subList(0, 1),
                        large.subList(1, 2),
                        large.subList(2, 3),
                        small.subList(0, 5),
                        small.subList(5, 9));
    }

    @Test
    void countsFilesWhereRowsAreFew() {
        List<PurchasePart> emptyInManyFiles = IntStream.rangeClosed(1, 12)
                .mapToObj(month -> partition(
                        month,
                        1,
                        IntStream.range(0, 10)
                                .mapToObj(file -> month + "-" + file + ".parquet")
                                .toList()))
                .toList();

        assertThat(PartTasks.deal(emptyInManyFiles))
                .containsExactly(
                        emptyInManyFiles.subList(0, 4),
                        emptyInManyFiles.subList(4, 8),
                        emptyInManyFiles.subList(8, 12));
    }

    private static PurchasePart partition(int month, long rows, List<String> files) {
        return new PurchasePart(
                new AffiliateMonth("A", YearMonth.of(2015, month)),
                files.stream()
                        .map(file -> new FileSlice(file, 0, rows / files.size()))
                        .toList(),
                true,
                new ReceiptRange(null, null));
    }
}
