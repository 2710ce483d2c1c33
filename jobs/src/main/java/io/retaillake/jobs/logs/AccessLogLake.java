package io.retaillake.jobs.logs;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobDefinition.FileAccess;
import io.retaillake.common.registry.LakeModule;
import io.retaillake.common.registry.Stage;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.Workers;
import io.retaillake.common.sqltable.SqlTables;
import java.util.List;
import java.util.stream.Stream;

/** Access logs that a collector has decrypted: their tables, and the job that fills them. No run of the pipeline builds them. */
public final class AccessLogLake implements LakeModule {

    /** Where the collector's folder is in the lake's bucket on AWS. */
    private static final String LOGS = "logs";

    public static final JobDefinition BUILD_ACCESS_LOGS = JobDefinition.of(
                    "io.retaillake.jobs.logs.BuildAccessLogs", Stage.ON_REQUEST)
            .purpose("Brings access logs of hours that are over into silver.access_logs; run by hand or hourly")
            .files(FileAccess.Kind.READ, LOGS)
            .defaultFiles("--logs", LOGS)
            .writes("silver.access_logs")
            .workers(Workers.MART)
            .build();

    private static final List<String> SQL_TABLES = List.of("gold.access_log_counts");

    @Override
    public List<TableDefinition> tables() {
        return Stream.concat(
                        Stream.of(TableDefinition.of(AccessLogTable.ACCESS_LOGS)),
                        SqlTables.ofResources(AccessLogLake.class, SQL_TABLES).stream())
                .toList();
    }

    @Override
    public List<JobDefinition> jobs() {
        return List.of(BUILD_ACCESS_LOGS);
    }
}
