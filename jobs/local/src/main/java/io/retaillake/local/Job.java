package io.retaillake.local;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every job there is: its class, where it stands in the pipeline, and whether it reads the source database. */
enum Job {
    PREPARE_SOURCE("bronze", "PrepareSource", Stage.SOURCE),
    EXTRACT_DIMENSIONS("bronze", "ExtractDimensions", Stage.BRONZE),
    EXTRACT_PURCHASES("bronze", "ExtractPurchases", Stage.BRONZE),
    IMPORT_PURCHASES("bronze", "ImportPurchases", Stage.ON_REQUEST),
    BUILD_PURCHASES("silver", "BuildPurchases", Stage.SILVER),
    SALES_BY_DATETIME("gold", "SalesByDatetime", Stage.GOLD),
    SALES_BY_PRODUCT("gold", "SalesByProduct", Stage.GOLD),
    SALES_BY_AGE_PRODUCT("gold", "SalesByAgeProduct", Stage.GOLD),
    SALES_BY_RESIDENCE("gold", "SalesByResidence", Stage.GOLD),
    SALES_BY_CUSTOMER("gold", "SalesByCustomer", Stage.GOLD),
    AFFILIATE_OVERVIEW("gold", "AffiliateOverview", Stage.GOLD),
    PUBLISH_REPORT("ops", "PublishReport", Stage.REPORT),
    VERIFY_RUN("ops", "VerifyRun", Stage.VERIFY),
    PREFLIGHT("ops", "Preflight", Stage.ON_REQUEST),
    CHECK_LAKE("ops", "CheckLake", Stage.ON_REQUEST),
    MIGRATE("ops", "Migrate", Stage.ON_REQUEST),
    CLEAN_UP("ops", "CleanUp", Stage.ON_REQUEST),
    SQL("ops", "Sql", Stage.ON_REQUEST);

    private final String layer;
    private final String simpleName;
    private final Stage stage;

    Job(String layer, String simpleName, Stage stage) {
        this.layer = layer;
        this.simpleName = simpleName;
        this.stage = stage;
    }

    /** The layer, which is also the job's package below {@code io.retaillake.jobs}. */
    String layer() {
        return layer;
    }

    /** What a person types, e.g. {@code ExtractPurchases}. */
    String simpleName() {
        return simpleName;
    }

    String className() {
        return "io.retaillake.jobs." + layer + "." + simpleName;
    }

    Stage stage() {
        return stage;
    }

    /** Whether the job connects to the source database, and so needs its secret. */
    boolean readsSource() {
        return stage == Stage.SOURCE || stage == Stage.BRONZE;
    }

    /** The jobs of a stage, in declaration order. */
    static List<Job> of(Stage stage) {
        return Arrays.stream(values()).filter(job -> job.stage == stage).toList();
    }

    static Optional<Job> named(String simpleName) {
        return Arrays.stream(values())
                .filter(job -> job.simpleName.equals(simpleName))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Job::simpleName).toList();
    }
}
