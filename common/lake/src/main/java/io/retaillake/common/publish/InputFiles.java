package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.DamagedTable;
import io.retaillake.common.lake.DataFiles;
import io.retaillake.common.lake.Lake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.expressions.Expression;

/** The files that a publication reads. They must be there before it begins, and are looked at closely when it fails on them. */
final class InputFiles {

    private final Lake lake;
    private final List<Input> inputs = new ArrayList<>();

    private record Input(TableContract contract, long snapshotId, Expression rows) {}

    InputFiles(Lake lake) {
        this.lake = lake;
    }

    /**
     * Adds those that hold a window's rows in a snapshot.
     *
     * @throws JobException exit code 4 naming those that are gone or have another length than was written
     */
    void add(TableContract contract, long snapshotId, Window window) {
        Input input = new Input(contract, snapshotId, RowsInWindow.of(contract, window));
        DataFiles.requireIntact(lake, contract, snapshotId, input.rows());
        inputs.add(input);
    }

    /**
     * The files that a decoder failed on, as a failure that names them: decoders don't. Costs nothing unless the failure is
     * a decoder's, else a scan of all inputs.
     */
    Optional<JobException> findDamage(Throwable failure) {
        if (!DamagedTable.isOfDecoder(failure)) {
            return Optional.empty();
        }
        return inputs.stream()
                .flatMap(input ->
                        DataFiles.findUnreadable(lake, input.contract(), input.snapshotId(), input.rows(), failure)
                                .stream())
                .findFirst();
    }
}
