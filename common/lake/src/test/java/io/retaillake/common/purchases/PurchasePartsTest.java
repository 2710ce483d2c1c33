package io.retaillake.common.purchases;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PurchasePartsTest {

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @RepeatedTest(20)
    void putsEachRowIntoOnePartOfBoundedSize() {
        List<PurchaseFile> files = new ArrayList<>();
        int months = 1 + random.nextInt(4);
        for (int file = 0; file < 20; file++) {
            files.add(file(
                    1 + random.nextInt(months),
                    file,
                    random.nextInt(3) == 0 ? random.nextInt(5) : random.nextInt(4000)));
        }
        long rowsOfAPart = random.nextLong(1, 3000);

        List<PurchasePart> parts =
                PurchaseParts.of(files, month -> true, rowsOfAPart).orElseThrow();

        for (PurchaseFile file : files) {
            assertThat(rowsRead(parts, file.location()))
                    .as("seed %d, %s", seed, file)
                    .containsExactly(LongStream.range(0, file.rows()).toArray());
        }
        parts.stream()
                .collect(groupingBy(PurchasePart::affiliateMonth))
                .forEach((month, ofMonth) -> assertThat(ofMonth)
                        .as("seed %d, %s, %d", seed, month, rowsOfAPart)
                        .allMatch(part -> part.isWhole() == (ofMonth.size() == 1))
                        .allMatch(part -> part.rows() <= 3 * rowsOfAPart));
    }

    private static long[] rowsRead(List<PurchasePart> parts, String location) {
        return parts.stream()
                .flatMap(part -> part.slices().stream())
                .filter(slice -> slice.location().equals(location))
                .sorted(Comparator.comparingLong(FileSlice::firstRow))
                .flatMapToLong(slice -> LongStream.range(slice.firstRow(), slice.firstRow() + slice.rows()))
                .toArray();
    }

    @Test
    void readsFilesTogetherWhoseReceiptsAreNear() {
        List<PurchaseFile> files = IntStream.of(4, 1, 3, 2)
                .mapToObj(number -> file(1, number, 100))
                .toList();

        assertThat(PurchaseParts.of(files, month -> true, 200).orElseThrow())
                .extracting(
                        part -> part.slices().stream().map(FileSlice::location).toList())
                .containsExactly(List.of("1.parquet", "2.parquet"), List.of("3.parquet", "4.parquet"));
    }

    @Test
    void dividesAMonthForItsSizeAndForIdleCores() {
        assertThat(PurchaseParts.rowsOfAPart(List.of(12_000_000L), 4)).isEqualTo(1_000_000);
        assertThat(PurchaseParts.rowsOfAPart(List.of(2_000_000L, 1_500_000L, 1_000_000L, 500_000L), 16))
                .isEqualTo(312_500);
        assertThat(PurchaseParts.rowsOfAPart(List.of(300_000L, 200_000L), 200)).isEqualTo(250_000);
        assertThat(PurchaseParts.rowsOfAPart(
                        LongStream.range(0, 96).mapToObj(month -> 300_000L).toList(), 64))
                .as("a task of its own for each month is enough")
                .isEqualTo(1_000_000);
    }

    @RepeatedTest(20)
    void knowsWhichReceiptsSeveralRangesHave() {
        List<ReceiptRange> ranges = random.ints(1 + random.nextInt(8), 0, 100)
                .mapToObj(first -> new ReceiptRange(
                        random.nextInt(10) == 0 ? null : text(first),
                        random.nextInt(10) == 0 ? null : text(first + random.nextInt(30))))
                .toList();
        ReceiptRanges shared = ReceiptRanges.shared(ranges);

        for (int receipt = 0; receipt < 140; receipt++) {
            String text = text(receipt);
            assertThat(shared.contain(UTF8String.fromString(text)))
                    .as("seed %d, %s in %s", seed, text, ranges)
                    .isEqualTo(ranges.stream().filter(range -> has(range, text)).count() > 1);
            assertThat(shared.touch(new ReceiptRange(text, text)))
                    .as("seed %d, %s in %s", seed, text, ranges)
                    .isEqualTo(shared.contain(UTF8String.fromString(text)));
        }
    }

    private static boolean has(ReceiptRange range, String text) {
        return (range.first() == null || range.first().compareTo(text) <= 0)
                && (range.last() == null || range.last().compareTo(text) >= 0);
    }

    private static String text(int number) {
        return "%03d".formatted(number);
    }

    private static PurchaseFile file(int month, int number, long rows) {
        return new PurchaseFile(
                "A",
                YearMonth.of(2015, month),
                Set.of(number + ".parquet"),
                rows,
                true,
                new ReceiptRange(text(10 * number), text(10 * number + 9)));
    }
}
