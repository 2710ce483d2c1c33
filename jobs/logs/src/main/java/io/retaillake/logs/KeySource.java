package io.retaillake.logs;

import com.macasaet.fernet.Key;
import java.util.List;

/** Where the keys of tokens are kept. */
public interface KeySource {

    /**
     * The keys as they are now, the newest first.
     *
     * @throws io.retaillake.common.job.JobException if they can't be read, or there is none; its message shows none
     */
    List<Key> read();
}
