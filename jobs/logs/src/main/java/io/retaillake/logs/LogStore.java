package io.retaillake.logs;

import java.util.List;
import java.util.Optional;

/**
 * Objects by name below a folder or a prefix. Each is there with all its bytes or not at all, and is never changed. Failures are
 * {@link io.retaillake.common.job.JobException}s with exit code 4.
 */
public interface LogStore {

    /** Writes an object unless one of this name is there, and says whether it did; of several at once, in whatever process, one does. */
    boolean createNew(String name, byte[] bytes);

    /** An object's bytes; none if there is no such object. */
    Optional<byte[]> read(String name);

    /** The names that begin with {@code prefix}, which ends with a slash, in the order of their characters. */
    List<String> list(String prefix);

    /** Removes an object, if it is there. */
    void delete(String name);
}
