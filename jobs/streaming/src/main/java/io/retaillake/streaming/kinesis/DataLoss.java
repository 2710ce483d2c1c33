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
                        + "\nIf the stream can't be put back as it was: set failOnDataLoss to false to go on with the oldest records that are"
                        + " left, or begin anew, with another checkpoint, StreamEvents with another name (--query). A longer retention of the stream avoids this.");
    }
}
