package io.retaillake.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.registry.LakeModule;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.sqltable.SqlTables;
import io.retaillake.common.sqltable.TestCase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests beside the definitions that come with the library. */
class ShippedTablesTest {

    @Test
    void giveWhatTheirTestsExpect(@TempDir Path lake) {
        SparkSession spark = LocalLakes.open(lake).spark();
        TableRegistry registry = TableRegistry.load();
        List<String> tested = new ArrayList<>();
        for (TableDefinition table : registry.tables()) {
            List<TestCase> cases =
                    table.query().isPresent() ? SqlTables.testsOfResource(owner(table), table, registry) : List.of();
            for (TestCase each : cases) {
                assertThat(new TestRun(spark, table, registry).failures(each))
                        .as(each.name() + " (" + each.place() + ")")
                        .isEmpty();
                tested.add(table.name());
            }
        }
        assertThat(tested).contains("gold.sales_by_store", "gold.access_log_counts");
    }

    /** The module that the definition lies beside. */
    private static Class<?> owner(TableDefinition table) {
        return ServiceLoader.load(LakeModule.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(module ->
                        module.tables().stream().anyMatch(each -> each.name().equals(table.name())))
                .findFirst()
                .orElseThrow()
                .getClass();
    }
}
