package io.retaillake.cloudformation;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.DataDictionary;
import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.common.registry.LakeModule;
import io.retaillake.common.registry.Stage;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.registry.Workers;
import io.retaillake.jobs.RetailLake;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar on the class path that brings a job and a table: nothing else has to be told of them. */
class AddedModuleTest {

    @TempDir
    private Path jar;

    private ClassLoader before;
    private URLClassLoader withModule;

    /** Sales by store, of which the lake itself has no mart. */
    public static final class StoreModule implements LakeModule {

        @Override
        public List<TableDefinition> tables() {
            return List.of(TableDefinition.of(new TableContract(
                    Layer.GOLD,
                    "visits_by_store",
                    "data/factdata/gold/visits_by_store",
                    "Visits to one store.",
                    "점포별 방문",
                    List.of(
                            Column.required("store_cd", StringType, "The store.", "점포"),
                            Column.required("visits", LongType, "Number of receipts.", "방문수")),
                    List.of("store_cd"),
                    List.of(),
                    Map.of())));
        }

        @Override
        public List<JobDefinition> jobs() {
            return List.of(JobDefinition.of("com.example.stores.VisitsByStore", Stage.GOLD)
                    .purpose("Counts visits by store")
                    .reads("silver.purchases")
                    .writes("gold.visits_by_store")
                    .workers(Workers.MART)
                    .build());
        }
    }

    @BeforeEach
    void putOnTheClassPath() throws IOException {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(services.resolve(LakeModule.class.getName()), StoreModule.class.getName());
        before = Thread.currentThread().getContextClassLoader();
        withModule = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(withModule);
    }

    @AfterEach
    void takeOffTheClassPath() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        withModule.close();
    }

    @Test
    void aPersonCanRunTheJobAndReadAboutTheTable() {
        assertThat(JobRegistry.load().names()).contains("VisitsByStore", "SalesByProduct");
        assertThat(DataDictionary.markdown(TableRegistry.load().contracts()))
                .contains("## gold.visits_by_store", "점포별 방문", "| `visits` | bigint | no |");
    }

    @Test
    void aRunIsCompleteOnlyWithTheTable() {
        assertThat(JobRegistry.load().tablesOfRun()).contains("gold.visits_by_store", "gold.sales_by_product");
        assertThat(JobRegistry.load().writersOf("gold.visits_by_store"))
                .extracting(JobDefinition::name)
                .containsExactly("VisitsByStore");
    }

    @Test
    void theStateMachineRunsTheJobAmongTheMarts() {
        assertThat(PipelineDefinition.of(JobRegistry.load())).contains("\"AffiliateOverview\", \"VisitsByStore\"]");
    }

    @Test
    void glueHasTheJobWithARoleOfItsOwn() {
        String template = JobsTemplate.of(JobRegistry.load(), TableRegistry.load());
        String role =
                template.substring(template.indexOf("\n  VisitsByStoreRole:"), template.indexOf("\n  VisitsByStore:"));

        assertThat(template)
                .contains("'--class': com.example.stores.VisitsByStore", "NumberOfWorkers: !Ref MartWorkers");
        assertThat(role)
                .contains("/data/factdata/silver/purchases/*", "table/${NamespacePrefix}gold/visits_by_store")
                .doesNotContain("secretsmanager", "sales_by_product", "silver/regions");
    }

    @Test
    void jobsThatLookAfterTheLakeMayLookAfterTheTable() {
        String template = JobsTemplate.of(JobRegistry.load(), TableRegistry.load());
        String cleanUp = template.substring(template.indexOf("\n  CleanUpRole:"), template.indexOf("\n  CleanUp:"));
        String everyTable = template.substring(template.indexOf("\n  ReadEveryTablePolicy:"));

        String buildTable =
                template.substring(template.indexOf("\n  BuildTableRole:"), template.indexOf("\n  BuildTable:"));

        assertThat(cleanUp).contains("/data/factdata/gold/visits_by_store/*");
        assertThat(buildTable.substring(buildTable.indexOf("Effect: Deny"))).contains("gold/visits_by_store'");
        assertThat(everyTable.substring(0, everyTable.indexOf("AWS::IAM::Role")))
                .contains("gold/visits_by_store");
    }

    @Test
    void twoOfOneNameAreRefused() {
        List<LakeModule> twice = List.of(new RetailLake(), new StoreModule(), new StoreModule());

        assertThatThrownBy(() -> JobRegistry.of(twice))
                .hasMessageContaining("Two jobs are called VisitsByStore: com.example.stores.VisitsByStore");
        assertThatThrownBy(() -> TableRegistry.of(twice))
                .hasMessageContaining("Two tables are called gold.visits_by_store");
    }
}
