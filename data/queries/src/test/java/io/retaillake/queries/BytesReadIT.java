package io.retaillake.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How much each query reads, of the tests' lake or, with {@code -Dlake=<folder>}, of an existing one, which is only read. The
 * table is printed and kept in {@code target/bytes-read.md}.
 */
@Tag("thorough")
class BytesReadIT {

    /** A lake is large where silver is; below, footers outweigh data. */
    private static final long LARGE_BYTES = 100L << 20;

    private static final List<String> ONE_MONTH_OF_GOLD = List.of(
            "sales-by-day", "sales-by-product", "sales-by-age-and-category", "sales-by-place", "sales-by-customer");
    private static final long MILLIS_PER_SECOND = 1000;

    @Test
    void aMonthsKpiOverGoldReadsASmallPartOfSilver() throws Exception {
        Path lake = System.getProperty("lake") == null ? null : Path.of(System.getProperty("lake"));
        if (lake == null) {
            measure(TestLake.get().trino());
            return;
        }
        Path folder = Files.createTempDirectory("retail-lakehouse-trino-");
        try (Trino trino = Trino.start(lake.resolve("catalog.db"), folder)) {
            measure(trino);
        }
    }

    private static void measure(Trino trino) throws Exception {
        long silverBytes = Long.parseLong(trino.query("SELECT sum(file_size_in_bytes) FROM silver.\"purchases$files\"")
                .figures()
                .rows()
                .get(0));
        List<String> lines = new ArrayList<>(List.of(
                "Silver has %,d bytes.%n".formatted(silverBytes),
                "| query | bytes read | of silver | rows read | rows given | seconds |",
                "|---|---:|---:|---:|---:|---:|"));
        Map<String, Long> bytesRead = new TreeMap<>();
        for (QueryFile query : QueryFile.all()) {
            long start = System.nanoTime();
            Trino.Answer answer = trino.query(query.text());
            double seconds = (System.nanoTime() - start) / 1e6 / MILLIS_PER_SECOND;
            bytesRead.put(query.name(), answer.bytesRead());
            lines.add("| `%s` | %,d | %.3f%% | %,d | %,d | %.1f |"
                    .formatted(
                            query.name(),
                            answer.bytesRead(),
                            100.0 * answer.bytesRead() / silverBytes,
                            answer.rowsRead(),
                            answer.figures().rows().size(),
                            seconds));
        }
        lines.add("");
        lines.add(anAffiliatesMonthOfSilver(trino));
        String report = String.join(System.lineSeparator(), lines) + System.lineSeparator();
        Files.writeString(Path.of("target", "bytes-read.md"), report);
        System.out.println(report);

        for (String query : ONE_MONTH_OF_GOLD) {
            assertThat(bytesRead.get(query)).as(query).isPositive().isLessThan(bytesRead.get(query + "-from-silver"));
            if (silverBytes > LARGE_BYTES) {
                assertThat(bytesRead.get(query)).as(query).isLessThan(silverBytes / 100);
            }
        }
    }

    private static String anAffiliatesMonthOfSilver(Trino trino) {
        DataFiles partition =
                DataFiles.of(trino, "silver.purchases", "/affiliate=A/purchase_year=2015/purchase_month=12/");
        Trino.Answer answer = trino.query(PruningIT.SILVER_OF_ONE_AFFILIATE);
        assertThat(answer.rowsRead()).isEqualTo(partition.rows());
        return "One affiliate's month of silver by hour: %,d bytes read, of a partition of %,d bytes whose columns from purchase_date to amount have %,d."
                .formatted(answer.bytesRead(), partition.bytes(), partition.columnBytes("purchase_date", "amount"));
    }
}
