package io.retaillake.queries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lake that all tests share: the jobs filled it from a source with every defect, then one month was corrected in the source
 * and run again. It is made once, by the first test that asks.
 */
final class TestLake {

    /** The run of everything. */
    static final String FIRST_RUN = "first";

    /** The run of {@link #CORRECTED_MONTH} after its correction, whose extract failed at the first attempt. */
    static final String MONTH_RUN = "december";

    /** The last month, which the first run reported. */
    static final String CORRECTED_MONTH = "2015-12";

    private static final double SCALE = 0.002;
    private static final double DIRTY_RATE = 0.02;
    private static final String MONTH_FIGURES = """
            SELECT affiliate, sum(amount) AS amount, count(*) AS purchases FROM {s}.valid_purchase
            WHERE month = '2015-12-01' GROUP BY affiliate ORDER BY affiliate""";
    private static final List<String> EXTRACTS = List.of("bronze.ExtractDimensions", "bronze.ExtractPurchases");
    private static final List<String> TRANSFORMATIONS = List.of(
            "silver.BuildPurchases",
            "gold.SalesByDatetime",
            "gold.SalesByProduct",
            "gold.SalesByAgeProduct",
            "gold.SalesByResidence",
            "gold.SalesByCustomer",
            "gold.AffiliateOverview",
            "tables.BuildTable",
            "ops.verify.VerifyRun");

    /** Loaded by the first test that asks. */
    private static final class Holder {

        static final TestLake LAKE = make();

        private static TestLake make() {
            try {
                return new TestLake();
            } catch (Exception e) {
                throw new IllegalStateException("The lake for the tests could not be made", e);
            }
        }
    }

    private final Path folder;
    private final Source source;
    private final Figures monthAsReported;
    private final Figures monthNow;
    private final Trino trino;

    static TestLake get() {
        return Holder.LAKE;
    }

    private TestLake() throws Exception {
        folder = Files.createTempDirectory("retail-lakehouse-queries-");
        Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
        try (Jobs jobs = Jobs.start(folder)) {
            source = new Source().fill(SCALE, DIRTY_RATE);
            runAll(jobs, FIRST_RUN, List.of());
            source.workOutValidPurchases();
            monthAsReported = source.query(MONTH_FIGURES);

            correctMonth();
            List<String> month = List.of("--from", CORRECTED_MONTH, "--to", CORRECTED_MONTH);
            failToExtract(jobs, month);
            runAll(jobs, MONTH_RUN, month);
            source.workOutValidPurchases();
            monthNow = source.query(MONTH_FIGURES);
        }
        trino = Trino.start(catalog(), Files.createDirectory(folder.resolve("trino")));
    }

    private void correctMonth() throws Exception {
        source.execute(
                "UPDATE {s}.purchase SET amount = amount + 1000.5 WHERE purchase_date = '20151211' AND amount < 1e9",
                "DELETE FROM {s}.purchase WHERE purchase_date = '20151212' AND affiliate = 'B'");
    }

    private void runAll(Jobs jobs, String runId, List<String> months) throws IOException {
        for (String job : EXTRACTS) {
            jobs.run(job, arguments(runId, months, source.jobOptions(folder)));
        }
        for (String job : TRANSFORMATIONS) {
            jobs.run(job, arguments(runId, months, List.of()));
        }
    }

    private void failToExtract(Jobs jobs, List<String> months) throws IOException {
        String answer = jobs.attempt(EXTRACTS.get(1), arguments(MONTH_RUN, months, source.refusedJobOptions(folder)));
        if (!answer.startsWith(JobRunner.FAILED)) {
            throw new IOException("the extract with a wrong password " + answer);
        }
    }

    private List<String> arguments(String runId, List<String> months, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("--lake", lake().toString(), "--run-id", runId));
        arguments.addAll(months);
        arguments.addAll(more);
        return arguments;
    }

    private void delete() {
        if (trino != null) {
            trino.close();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println(folder + " could not be deleted: " + e);
        }
    }

    private Path lake() {
        return folder.resolve("lake");
    }

    Path catalog() {
        return lake().resolve("catalog.db");
    }

    /** The snapshot that a tag names, as the table's metadata has it. */
    String tag(String table, String tag) throws SQLException, IOException {
        Path metadata = Path.of(URI.create(Trino.metadataFiles(catalog()).get(table)));
        JsonNode references =
                new ObjectMapper().readTree(Files.readString(metadata)).get("refs");
        return references.get(tag).get("snapshot-id").asText();
    }

    Trino trino() {
        return trino;
    }

    Source source() {
        return source;
    }

    /** Each affiliate's amount and purchases in {@link #CORRECTED_MONTH} before the correction. */
    Figures monthAsReported() {
        return monthAsReported;
    }

    /** The same after it. */
    Figures monthNow() {
        return monthNow;
    }
}
