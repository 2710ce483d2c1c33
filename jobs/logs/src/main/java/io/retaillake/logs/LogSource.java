package io.retaillake.logs;

/** The server that shows the log's newest records. */
public interface LogSource {

    /**
     * Asks once.
     *
     * @param etag the newest answer's, or null
     * @param lastModified the newest answer's, or null
     * @throws SourceFailure if there is no answer that can be used
     */
    Answer ask(String etag, String lastModified) throws SourceFailure, InterruptedException;
}
