package io.retaillake.streaming.kinesis;

import io.retaillake.common.job.JobException;
import java.util.List;

/** What to say where records are gone. */
final class DataLoss {

    private DataLoss() {}

    static JobException exception(String stream, List<String> problems) {
        return JobException.badData(
                "The Kinesis stream " + stream + " can't be read on without a loss; nothing more was read.\n- "
                        + String.join("\n- ", problems)
                        + "\nIf the stream can't be put back as it was, read what it has under another name: --query <name>. What the lake"
                        + " holds stays. A longer retention of the stream avoids this.");
    }
}
