package io.retaillake.jobs.silver;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.DamagedTable;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.DimensionScan;
import io.retaillake.common.publish.Fingerprint;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Seal;
import io.retaillake.common.publish.StringTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.Table;

/**
 * A snapshot of a dimension of bronze that silver is built from.
 *
 * @param rows its rows
 * @param fingerprint what their publisher says that they come down to; nothing where it was no job of this library
 */
record PublishedDimension(StringTable rows, Optional<String> fingerprint) {

    private static final String PRODUCER = "ExtractDimensions";

    /** Finds it. Reads metadata only. */
    static PublishedDimension of(TableContract contract, Lake lake, Publication publication) {
        lake.requireColumns(contract, contract.columnNames());
        long snapshotId = publication.input(contract, PRODUCER);
        Table table = lake.find(contract).orElseThrow();
        return new PublishedDimension(
                new StringTable(contract, table, snapshotId),
                Seal.of(table, table.snapshot(snapshotId))
                        .map(seal -> seal.facts().get(Fingerprint.fact(contract))));
    }

    /**
     * Takes the rows one after the other, in the contract's columns.
     *
     * @throws JobException exit code 4 when they are not what was published, which is known after the last
     */
    DimensionScan read(Consumer<List<String>> action) {
        DimensionScan scan = DimensionScan.of(rows, action);
        fingerprint.ifPresent(published -> DamagedTable.requireSame(
                rows.contract(), published, scan.fingerprint().toString()));
        return scan;
    }
}
