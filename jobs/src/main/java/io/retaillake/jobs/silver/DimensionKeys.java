package io.retaillake.jobs.silver;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.DimensionScan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Proves that a join with a dimension can't multiply rows: no two of its rows have the same key. */
final class DimensionKeys {

    private static final int MOST_NAMED_KEYS = 5;

    private DimensionKeys() {}

    /**
     * The passed check that the contract's key is unique in a dimension.
     *
     * @throws JobException exit code 3 when it is not, with some of the repeated keys
     */
    static Check requireUnique(DimensionScan dimension) {
        TableContract contract = dimension.table().contract();
        String key = String.join(", ", contract.key());
        Map<List<String>, Long> repeated = dimension.repeatedKeys();
        Check check = Check.equal(contract + ": keys (" + key + ") of several rows", 0L, (long) repeated.size());
        if (!check.passed()) {
            String examples = repeated.entrySet().stream()
                    .map(rows -> "[" + String.join(",", rows.getKey()) + "," + rows.getValue() + "]")
                    .sorted()
                    .limit(MOST_NAMED_KEYS)
                    .collect(Collectors.joining(" "));
            throw JobException.badData(
                    contract + " has " + repeated.size() + " keys (" + key
                            + ") with several rows, which would multiply purchases; e.g. [key, rows]: " + examples
                            + "\nNothing was published. Remove the repeated rows in the source and extract the dimensions again.");
        }
        return check;
    }
}
