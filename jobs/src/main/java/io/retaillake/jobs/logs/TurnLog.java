package io.retaillake.jobs.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a turn's log says of the objects that the turn writes. The log is there before they are.
 *
 * @param turn the turn's number
 * @param objects the objects' names below the collector's folder, those of rejects among them
 * @param damage why the log can't be read, if so
 */
record TurnLog(long turn, List<String> objects, Optional<String> damage) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads it; none if it is not there: the collector keeps those of a day. */
    static Optional<TurnLog> read(FileSystem fileSystem, Path path, long turn) {
        try (InputStream in = new GZIPInputStream(fileSystem.open(path))) {
            JsonNode log = JSON.readTree(in);
            List<String> objects = new ArrayList<>();
            log.path("objects").fieldNames().forEachRemaining(objects::add);
            return Optional.of(new TurnLog(turn, objects, Optional.empty()));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new TurnLog(turn, List.of(), Optional.of(path + ": " + e.getMessage())));
        }
    }
}
