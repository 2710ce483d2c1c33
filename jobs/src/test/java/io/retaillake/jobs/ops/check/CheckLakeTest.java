package io.retaillake.jobs.ops.check;

import static io.retaillake.common.contract.BronzeTables.CUSTOMER;
import static io.retaillake.common.contract.BronzeTables.PRODUCTS_INFO;
import static io.retaillake.common.contract.BronzeTables.ZIPCODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.SampleRows;
import io.retaillake.jobs.TestLake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckLakeTest {

    @Test
    void readsALakeWhoseFolderHasThePatternsOfManyNames(@TempDir Path temporary) throws Exception {
        Path folder = temporary.resolve("lake[1]{a}*");
        TestLake lake = new TestLake(folder);
        lake.publishDimensions(
                "first",
                SampleRows.typed(lake.spark(), CUSTOMER),
                SampleRows.typed(lake.spark(), PRODUCTS_INFO),
                SampleRows.typed(lake.spark(), ZIPCODE));

        lake.run(new CheckLake(), null);

        damage(folder.resolve(CUSTOMER.folder()));
        FailedJobException failure = lake.fail(new CheckLake(), null);
        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("1 of 22 tables are damaged: bronze.customer");
    }

    private static void damage(Path table) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.walk(table.resolve("data"))) {
            files = all.filter(file -> file.toString().endsWith(".avro")).toList();
        }
        byte[] content = Files.readAllBytes(files.get(0));
        content[content.length / 2] ^= 0x10;
        Files.write(files.get(0), content);
    }
}
