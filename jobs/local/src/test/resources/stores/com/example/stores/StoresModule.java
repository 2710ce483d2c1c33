package com.example.stores;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.LakeModule;
import io.retaillake.common.registry.Stage;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.Workers;
import java.util.List;

/** What the jar adds to the lake: a table, and the job that makes it, among the marts of each run. */
public final class StoresModule implements LakeModule {

    @Override
    public List<TableDefinition> tables() {
        return List.of(TableDefinition.of(VisitsByStore.VISITS));
    }

    @Override
    public List<JobDefinition> jobs() {
        return List.of(JobDefinition.of("com.example.stores.VisitsByStore", Stage.GOLD)
                .purpose("Counts receipts by store")
                .reads("silver.purchases")
                .writes("gold.visits_by_store")
                .workers(Workers.MART)
                .build());
    }
}
