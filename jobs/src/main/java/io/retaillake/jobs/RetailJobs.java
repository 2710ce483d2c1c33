package io.retaillake.jobs;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobDefinition.FileAccess;
import io.retaillake.common.registry.SourceUser;
import io.retaillake.common.registry.Stage;
import io.retaillake.common.registry.Workers;
import java.util.List;

/** The jobs of the retail group's pipeline, and those that look after its lake. */
public final class RetailJobs {

    private static final String BRONZE = "io.retaillake.jobs.bronze.";
    private static final String GOLD = "io.retaillake.jobs.gold.";
    private static final String OPS = "io.retaillake.jobs.ops.";
    private static final String PURCHASES = "silver.purchases";

    /** The tables that come with the library and are defined in SQL, in the order in which a person reads about them. */
    static final List<String> SQL_TABLES = List.of(
            "gold.sales_by_store_customer",
            "gold.sales_by_store",
            "gold.top_customers",
            "gold.customer_retention",
            "gold.products_bought_together",
            "gold.store_potential");

    public static final JobDefinition PREPARE_SOURCE = JobDefinition.of(BRONZE + "PrepareSource", Stage.SOURCE)
            .purpose("Creates the source's schema, tables and read-only role; run by hand")
            .connectsAs(SourceUser.ADMINISTRATOR)
            .withoutRecord()
            .build();

    public static final JobDefinition EXTRACT_DIMENSIONS = JobDefinition.of(BRONZE + "ExtractDimensions", Stage.BRONZE)
            .purpose("Extracts customers, products and postal codes in one snapshot")
            .connectsAs(SourceUser.READER)
            .writes("bronze.customer", "bronze.products_info", "bronze.zipcode")
            .build();

    public static final JobDefinition EXTRACT_PURCHASES = JobDefinition.of(BRONZE + "ExtractPurchases", Stage.BRONZE)
            .purpose("Extracts purchases from one snapshot, in parallel, and proves them")
            .connectsAs(SourceUser.READER)
            .readsInParallel()
            .writes("bronze.purchase")
            .workers(Workers.EXTRACT)
            .build();

    public static final JobDefinition IMPORT_PURCHASES = JobDefinition.of(BRONZE + "ImportPurchases", Stage.ON_REQUEST)
            .purpose("Fills bronze.purchase from Avro files in place of the database; run by hand")
            .files(FileAccess.Kind.READ, "data/import")
            .defaultFiles("--files", "data/import/purchase/*.avro")
            .writes("bronze.purchase")
            .workers(Workers.EXTRACT)
            .build();

    public static final JobDefinition BUILD_PURCHASES = JobDefinition.of(
                    "io.retaillake.jobs.silver.BuildPurchases", Stage.SILVER)
            .purpose("Cleans purchases and joins the dimensions; keeps what can't be cleaned aside")
            .reads("bronze.customer", "bronze.products_info", "bronze.zipcode", "bronze.purchase")
            .writes(PURCHASES, "silver.purchase_rejects", "silver.regions")
            .workers(Workers.BUILD)
            .build();

    public static final JobDefinition SALES_BY_DATETIME =
            mart("SalesByDatetime", "Sales by day and hour", "gold.sales_by_datetime");
    public static final JobDefinition SALES_BY_PRODUCT =
            mart("SalesByProduct", "Sales by product", "gold.sales_by_product");
    public static final JobDefinition SALES_BY_AGE_PRODUCT =
            mart("SalesByAgeProduct", "Sales by age group and product", "gold.sales_by_age_product");
    public static final JobDefinition SALES_BY_RESIDENCE =
            mart("SalesByResidence", "Sales by place", "gold.sales_by_residence");
    public static final JobDefinition SALES_BY_CUSTOMER =
            mart("SalesByCustomer", "Sales by customer and month", "gold.sales_by_customer");
    public static final JobDefinition AFFILIATE_OVERVIEW =
            mart("AffiliateOverview", "The affiliates' KPIs by month and in all", "gold.affiliate_overview");

    public static final JobDefinition BUILD_TABLE = JobDefinition.of(
                    "io.retaillake.jobs.tables.BuildTable", Stage.SQL_TABLES)
            .purpose("Builds the tables that are defined in SQL, the library's and the user's")
            .reads(JobDefinition.EVERY_TABLE)
            .writes(SQL_TABLES.toArray(String[]::new))
            .buildsUsersTables()
            .workers(Workers.MART)
            .build();

    public static final JobDefinition PUBLISH_REPORT = JobDefinition.of(OPS + "report.PublishReport", Stage.REPORT)
            .purpose("Writes the KPIs as one HTML page into the lake")
            .reads(JobDefinition.EVERY_TABLE)
            .files(FileAccess.Kind.WRITE, "data/factdata/gold/report/*")
            .build();

    public static final JobDefinition VERIFY_RUN = JobDefinition.of(OPS + "verify.VerifyRun", Stage.VERIFY)
            .purpose("Checks that all of a run is done and reconciles")
            .reads(JobDefinition.EVERY_TABLE)
            .build();

    public static final JobDefinition PREFLIGHT = JobDefinition.of(OPS + "preflight.Preflight", Stage.ON_REQUEST)
            .purpose("Checks source, secret, TLS, privileges, lake and catalog; run by hand")
            .connectsAs(SourceUser.READER)
            .readsInParallel()
            .reads(JobDefinition.EVERY_TABLE)
            .files(FileAccess.Kind.TRY, "data/.preflight-*")
            .withoutRecord()
            .build();

    public static final JobDefinition CHECK_LAKE = JobDefinition.of(OPS + "check.CheckLake", Stage.ON_REQUEST)
            .purpose("Reads every file of the lake to its last byte; run by hand")
            .reads(JobDefinition.EVERY_TABLE)
            .withoutRecord()
            .onlyByHand()
            .build();

    public static final JobDefinition MIGRATE = JobDefinition.of(OPS + "maintenance.Migrate", Stage.ON_REQUEST)
            .purpose("Brings the tables of an older version to the contracts; run by hand")
            .maintainsEveryTable()
            .onlyByHand()
            .build();

    public static final JobDefinition CLEAN_UP = JobDefinition.of(OPS + "maintenance.CleanUp", Stage.ON_REQUEST)
            .purpose("Removes what no reader and no repetition of a run needs; run by hand or monthly")
            .maintainsEveryTable()
            .build();

    public static final JobDefinition SQL = JobDefinition.of(OPS + "sql.Sql", Stage.ON_REQUEST)
            .purpose("Runs a statement on the lake")
            .reads(JobDefinition.EVERY_TABLE)
            .withoutRecord()
            .onlyByHand()
            .build();

    public static final JobDefinition SHOW_TABLE = onATablesDefinition("ShowTable")
            .purpose("Shows the rows that a table's definition gives; run by hand")
            .reads(JobDefinition.EVERY_TABLE)
            .build();

    public static final JobDefinition CHECK_TABLES = onATablesDefinition("CheckTables")
            .purpose("Names all that is wrong with definitions of tables; run by hand")
            .build();

    public static final JobDefinition TEST_TABLES = onATablesDefinition("TestTables")
            .purpose("Runs the tests of definitions of tables; run by hand")
            .build();

    public static final JobDefinition DICTIONARY = onATablesDefinition("Dictionary")
            .purpose("Prints the data dictionary of all tables; run by hand")
            .build();

    /** Those that a person waits for in front of a terminal: they print a result, and no progress. */
    public static final List<JobDefinition> PRINTING = List.of(SQL, SHOW_TABLE, CHECK_TABLES, TEST_TABLES, DICTIONARY);

    static final List<JobDefinition> ALL = List.of(
            PREPARE_SOURCE,
            EXTRACT_DIMENSIONS,
            EXTRACT_PURCHASES,
            IMPORT_PURCHASES,
            BUILD_PURCHASES,
            SALES_BY_DATETIME,
            SALES_BY_PRODUCT,
            SALES_BY_AGE_PRODUCT,
            SALES_BY_RESIDENCE,
            SALES_BY_CUSTOMER,
            AFFILIATE_OVERVIEW,
            BUILD_TABLE,
            PUBLISH_REPORT,
            VERIFY_RUN,
            PREFLIGHT,
            CHECK_LAKE,
            MIGRATE,
            CLEAN_UP,
            SQL,
            SHOW_TABLE,
            CHECK_TABLES,
            TEST_TABLES,
            DICTIONARY);

    private RetailJobs() {}

    private static JobDefinition.Builder onATablesDefinition(String name) {
        return JobDefinition.of("io.retaillake.jobs.tables." + name, Stage.ON_REQUEST)
                .withoutRecord()
                .onlyByHand();
    }

    private static JobDefinition mart(String name, String purpose, String table) {
        return JobDefinition.of(GOLD + name, Stage.GOLD)
                .purpose(purpose)
                .reads(PURCHASES)
                .writes(table)
                .workers(Workers.MART)
                .build();
    }
}
