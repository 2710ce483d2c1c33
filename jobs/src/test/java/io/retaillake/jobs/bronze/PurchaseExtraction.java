package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Seal;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests share of extractions of purchases from a source of their own into a lake of their own. */
abstract class PurchaseExtraction {

    @TempDir
    private Path folder;

    Path lakeFolder;
    TestSource source;

    @BeforeEach
    void createSource() throws SQLException, IOException {
        lakeFolder = folder.resolve("lake");
        source = TestSource.create(folder);
    }

    void extract(String runId, String... more) throws FailedJobException {
        JobMain.run(new ExtractPurchases(), source.options(lakeFolder, runId, more));
    }

    FailedJobException fail(String runId, String... more) {
        FailedJobException failure = catchThrowableOfType(FailedJobException.class, () -> extract(runId, more));
        assertThat(failure).as("how the extraction failed").isNotNull();
        return failure;
    }

    Dataset<Row> bronze() {
        Lake lake = LocalLakes.open(lakeFolder);
        return lake.spark().table(lake.identifier(PURCHASE));
    }

    Optional<Snapshot> published() {
        return LocalLakes.open(lakeFolder).find(PURCHASE).map(table -> table.currentSnapshot());
    }

    Seal seal() {
        return Seal.of(published().orElseThrow()).orElseThrow();
    }
}
