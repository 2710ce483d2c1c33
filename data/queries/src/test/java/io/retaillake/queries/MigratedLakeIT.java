package io.retaillake.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trino on a lake of an older version, whose purchases lacked the store and had narrower amounts: it was moved here, {@code
 * Migrate} has brought it up to date, and then February was built again.
 */
class MigratedLakeIT {

    private static final Path STORED = Path.of(System.getProperty("retail-lake.project"))
            .resolve("jobs/src/test/resources/io/retaillake/jobs/lake-of-layout-1.zip");
    private static final String TABLE = "silver.purchases";
    private static final String SALES = """
            SELECT affiliate, purchase_month, count(*), sum(amount) FROM silver.purchases %s
            GROUP BY affiliate, purchase_month ORDER BY affiliate, purchase_month""";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path lake;
    private static String earlierVersion;
    private static Trino trino;

    @BeforeAll
    static void migrate() throws Exception {
        lake = folder.resolve("lake");
        unpack();
        try (Jobs jobs = Jobs.start(folder)) {
            jobs.run("ops.check.CheckLake", List.of("--lake", lake.toString(), "--relocate"));
            makeOlder();
            jobs.run("ops.maintenance.Migrate", List.of("--lake", lake.toString()));
            jobs.run(
                    "silver.BuildPurchases",
                    List.of("--lake", lake.toString(), "--run-id", "february", "--from", "2015-02", "--to", "2015-02"));
        }
        trino = Trino.start(catalog(), Files.createDirectory(folder.resolve("trino")));
    }

    @AfterAll
    static void stop() {
        if (trino != null) {
            trino.close();
        }
    }

    @Test
    void hasTheContractsColumns() {
        assertThat(rows("SHOW COLUMNS FROM " + TABLE))
                .anyMatch(column -> column.startsWith("store_cd|varchar||The store;"))
                .anyMatch(column -> column.startsWith("amount|decimal(15,2)||Amount in KRW;"));
    }

    @Test
    void findsTheAddedColumnEmptyInOldFilesAndFilledInNewOnes() {
        assertThat(rows("SELECT purchase_month, count(store_cd) > 0 FROM " + TABLE
                        + " GROUP BY purchase_month ORDER BY purchase_month"))
                .containsExactly("1|false", "2|true");
        assertThat(rows("SELECT DISTINCT purchase_month FROM " + TABLE + " WHERE store_cd IS NOT NULL"))
                .as("the condition is not answered by old files' statistics")
                .containsExactly("2");
    }

    @Test
    void readsOldAndNewFilesToTheSameSales() {
        List<String> now = rows(SALES.formatted(""));

        assertThat(now).hasSize(8).isEqualTo(rows(SALES.formatted("FOR VERSION AS OF " + earlierVersion)));
    }

    @Test
    void readsTheEarlierVersionAsItWas() {
        String version = " FROM " + TABLE + " FOR VERSION AS OF " + earlierVersion;

        assertThat(trino.query("SELECT amount" + version + " LIMIT 1").types()).containsExactly("decimal(12,2)");
        assertThatThrownBy(() -> trino.query("SELECT store_cd" + version)).hasMessageContaining("store_cd");
    }

    private static List<String> rows(String sql) {
        return trino.query(sql).figures().rows();
    }

    private static Path catalog() {
        return lake.resolve("catalog.db");
    }

    private static void unpack() throws IOException {
        try (InputStream file = Files.newInputStream(STORED);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = lake.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
    }

    /** Gives the table the schema of before a column was added, another widened, and its comment corrected. */
    private static void makeOlder() throws Exception {
        Path metadata = Path.of(URI.create(Trino.metadataFiles(catalog()).get(TABLE)));
        ObjectNode table = (ObjectNode) MAPPER.readTree(Files.readString(metadata));
        earlierVersion = table.get("current-snapshot-id").asText();
        ArrayNode columns = (ArrayNode) table.get("schemas").get(0).get("fields");
        for (int i = columns.size() - 1; i >= 0; i--) {
            JsonNode column = columns.get(i);
            switch (column.get("name").asText()) {
                case "store_cd" -> columns.remove(i);
                case "amount" ->
                    ((ObjectNode) column).put("type", "decimal(12, 2)").put("doc", "Amount.");
                default -> {}
            }
        }
        Files.writeString(metadata, MAPPER.writeValueAsString(table));
        Files.deleteIfExists(metadata.resolveSibling("." + metadata.getFileName() + ".crc"));
    }
}
