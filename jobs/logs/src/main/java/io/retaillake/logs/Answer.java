package io.retaillake.logs;

import java.time.Instant;
import java.util.List;

/**
 * What the source answered.
 *
 * @param items the array's elements, each as it was written; null if the source said that nothing has changed
 * @param etag what identifies it; null if the source doesn't say
 * @param lastModified when it was changed, in the source's words; null if the source doesn't say
 * @param at when it came
 */
public record Answer(List<byte[]> items, String etag, String lastModified, Instant at) {

    /** Whether the source said that nothing has changed. */
    public boolean isUnchanged() {
        return items == null;
    }
}
