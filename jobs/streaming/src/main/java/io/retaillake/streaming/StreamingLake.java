package io.retaillake.streaming;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.LakeModule;
import io.retaillake.common.registry.Stage;
import io.retaillake.common.registry.TableDefinition;
import java.util.List;

/** What comes in as it happens: the tables of users' events, and the job that fills them. */
public final class StreamingLake implements LakeModule {

    public static final JobDefinition STREAM_EVENTS = JobDefinition.of(
                    "io.retaillake.streaming.StreamEvents", Stage.ON_REQUEST)
            .purpose("Reads events from Kafka or Kinesis into silver.events within seconds, until it is stopped")
            .writes("silver.events", "silver.event_rejects", "gold.events_by_window", "gold.late_events")
            .withoutRecord()
            .runsUntilStopped()
            .build();

    @Override
    public List<TableDefinition> tables() {
        return EventTables.ALL.stream().map(TableDefinition::of).toList();
    }

    @Override
    public List<JobDefinition> jobs() {
        return List.of(STREAM_EVENTS);
    }
}
