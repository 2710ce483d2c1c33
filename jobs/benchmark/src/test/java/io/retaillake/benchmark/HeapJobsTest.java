package io.retaillake.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapJobsTest {

    private static HeapJobs jobs(String... lines) {
        try (ProgressLines progress = new ProgressLines()) {
            HeapJobs jobs = new HeapJobs(512, Path.of("no lake"), progress);
            for (String line : lines) {
                jobs.read(line);
            }
            return jobs;
        }
    }

    @Test
    void namesTheJobThatFailedAndWhatItSays() {
        HeapJobs jobs = jobs(
                "ExtractPurchases: starting",
                "ExtractPurchases: done in 12.5 s, 28,593 rows",
                "SalesByProduct: starting",
                "SalesByCustomer: starting",
                "SalesByCustomer: build gold.sales_by_customer  10 of 28,593 rows (0%)",
                "SalesByCustomer: ended after 3.0 s with exit code 4",
                "",
                "error SalesByCustomer ran out of memory: Java heap space.",
                "  Give it a larger heap");
        assertThat(jobs.failed())
                .isEqualTo(Map.entry("SalesByCustomer", "SalesByCustomer ran out of memory: Java heap space."));
        assertThat(jobs.secondsByJob()).isEqualTo(Map.of("ExtractPurchases", 12.5));
    }

    @Test
    void namesTheJobThatRanWhenTheTimeWasUp() {
        HeapJobs jobs = jobs("BuildPurchases: starting", "error interrupted");
        jobs.timeIsUp();
        assertThat(jobs.failed()).isEqualTo(Map.entry("BuildPurchases", "was running when the time was up"));
    }

    @Test
    void namesTheJobThatASmallerHeapSlowedDownMost() {
        HeapJobs jobs = jobs("A1: done in 0.9 s", "B1: done in 6.0 s, 5 rows", "C1: done in 4.0 s, 5 rows");
        assertThat(jobs.slowedDownMost(Map.of("A1", 0.1, "B1", 4.0, "C1", 4.0)))
                .isEqualTo(Map.entry("B1", "took 1.5 times as long as with the largest heap"));
    }
}
