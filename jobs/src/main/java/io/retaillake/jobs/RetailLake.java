package io.retaillake.jobs;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.OpsTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.LakeModule;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableDefinition.AddsUpTo;
import io.retaillake.common.sqltable.SqlTables;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The retail group's sales: the tables and jobs of the pipeline from PostgreSQL to gold. */
public final class RetailLake implements LakeModule {

    private static final AddsUpTo PURCHASES =
            new AddsUpTo("silver.purchases", "total_purchase_amount", "count_of_purchase");

    @Override
    public List<TableDefinition> tables() {
        return Stream.of(
                        definitions(BronzeTables.ALL, Optional.empty()),
                        definitions(SilverTables.ALL, Optional.empty()),
                        definitions(GoldTables.ALL, Optional.of(PURCHASES)),
                        SqlTables.ofResources(RetailLake.class, RetailJobs.SQL_TABLES).stream(),
                        definitions(OpsTables.ALL, Optional.empty()))
                .flatMap(tables -> tables)
                .toList();
    }

    @Override
    public List<JobDefinition> jobs() {
        return RetailJobs.ALL;
    }

    private static Stream<TableDefinition> definitions(List<TableContract> contracts, Optional<AddsUpTo> addsUpTo) {
        return contracts.stream().map(contract -> new TableDefinition(contract, addsUpTo, Optional.empty()));
    }
}
