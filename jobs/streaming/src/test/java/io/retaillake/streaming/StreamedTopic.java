package io.retaillake.streaming;

import io.retaillake.broker.EmbeddedBroker;
import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Row;

/** A topic, and a lake that the job reads it into. */
final class StreamedTopic {

    private final EmbeddedBroker broker;
    private final Path folder;
    private final String name = "events-" + UUID.randomUUID();

    StreamedTopic(EmbeddedBroker broker, Path parent) {
        this.broker = broker;
        this.folder = parent.resolve(name);
        create();
    }

    String name() {
        return name;
    }

    void create() {
        broker.createTopic(name, 2);
    }

    Lake lake() {
        return LocalLakes.open(folder);
    }

    /** Reads what is available. */
    void stream(String... more) throws FailedJobException {
        List<String> arguments = new ArrayList<>(List.of("--available-now"));
        arguments.addAll(List.of(more));
        streamOn(arguments.toArray(String[]::new));
    }

    /** Reads until its query is stopped. */
    void streamOn(String... more) throws FailedJobException {
        lake();
        List<String> arguments = new ArrayList<>(List.of(
                "--lake", folder.toString(), "--bootstrap-servers", broker.bootstrapServers(), "--topic", name));
        arguments.addAll(List.of(more));
        JobMain.run(new StreamEvents(), arguments.toArray(String[]::new));
    }

    /** The rows of a statement that has {@code %s} for the table. */
    List<String> rows(String sql, TableContract table) {
        Lake lake = lake();
        return lake.spark().sql(sql.formatted(lake.identifier(table))).collectAsList().stream()
                .map(Row::toString)
                .toList();
    }
}
