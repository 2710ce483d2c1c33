package io.retaillake.common.lake;

import io.retaillake.common.job.BusinessTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/** Opens Spark sessions in which a lake is the catalog {@code lake}, configured the same on a laptop, on Glue and on EMR. */
public final class LakeSession {

    /** The catalog's name in every session. */
    public static final String CATALOG = "lake";

    /** Hadoop's setting that has Parquet compare each page with the checksum beside it. */
    static final String VERIFY_PAGES = "parquet.page.verify-checksum.enabled";

    /** Reads and writes all files, through Hadoop's file systems. */
    static final String FILE_IO = "org.apache.iceberg.hadoop.HadoopFileIO";

    private static final String LOCAL_FILE_SYSTEM = "spark.hadoop.fs.file.impl";

    /** Tasks run in the driver's own process; not so in a {@code local-cluster}. */
    private static final Pattern LOCAL_MASTER = Pattern.compile("local(\\[.*)?");

    private static final Map<String, String> COMPUTING = Map.of(
            "spark.sql.session.timeZone",
            BusinessTime.ZONE.getId(),
            // Text that is no number or date becomes null, and is judged; in ANSI mode it would end the job.
            "spark.sql.ansi.enabled",
            "false",
            // Bytes that are not UTF-8 become U+FFFD where they are decoded, as in Spark 3.5; Spark 4 would end the
            // job.
            "spark.sql.legacy.codingErrorAction",
            "true",
            // A statement's ${env:…} would read this process's environment, secrets included.
            "spark.sql.variable.substitute",
            "false",
            // Spark's quick map of groups, in front of the general one, is slower where keys are text.
            "spark.sql.codegen.aggregate.map.twolevel.enabled",
            "false");

    private LakeSession() {}

    /** Opens a session of a job. */
    public static SparkSession open(LakeSettings settings, String applicationName) {
        SparkSession spark = open(applicationName, settings.folder().isPresent());
        lakeSettings(settings).forEach((name, value) -> spark.conf().set(name, value));
        return spark;
    }

    /** Opens a session that works on no lake, and computes as one that does. */
    public static SparkSession withoutLake(String applicationName) {
        return open(applicationName, true);
    }

    private static SparkSession open(String applicationName, boolean readsLocalFiles) {
        SparkSession.Builder builder = SparkSession.builder()
                .appName(applicationName)
                .config("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
        if (readsLocalFiles && !System.getProperties().containsKey(LOCAL_FILE_SYSTEM)) {
            builder.config(LOCAL_FILE_SYSTEM, LocalFiles.class.getName());
        }
        String master = System.getProperty("spark.master", "");
        if (master.isEmpty()) {
            // Reached by tests and by `java -jar` only: every way to submit a job names the master.
            builder.master("local[*,4]");
        }
        if (master.isEmpty() || LOCAL_MASTER.matcher(master).matches()) {
            // Else a task without memory ends the whole process before the job can say why.
            builder.config("spark.executor.killOnFatalError.depth", "0");
        }
        // A session of its own, because one that has used its catalog can't be pointed elsewhere.
        SparkSession spark = builder.getOrCreate().newSession();
        COMPUTING.forEach((name, value) -> spark.conf().set(name, value));
        S3Settings.missing(spark.sessionState().newHadoopConf(), System.getenv())
                .forEach((name, value) -> spark.conf().set(name, value));
        SparkSession.setActiveSession(spark);
        return spark;
    }

    private static Map<String, String> lakeSettings(LakeSettings settings) {
        String prefix = "spark.sql.catalog." + CATALOG;
        Map<String, String> conf = new TreeMap<>();
        conf.put(prefix, LakeCatalog.class.getName());
        conf.put(prefix + "." + LakeCatalog.ROOT, settings.root());
        conf.put(prefix + "." + LakeCatalog.NAMESPACE_PREFIX, settings.namespacePrefix());
        conf.put(prefix + "." + LakeCatalog.OWN_TABLES_ONLY, Boolean.toString(settings.catalogIsInside()));
        conf.put(prefix + ".io-impl", FILE_IO);
        conf.put(prefix + ".warehouse", settings.root() + "/data");
        // Parquet writes a checksum of each page; unless told so, it does not look at it.
        conf.put(prefix + ".hadoop." + VERIFY_PAGES, "true");
        // A cached table would hide what other processes publish.
        conf.put(prefix + ".cache-enabled", "false");
        switch (settings.catalog()) {
            case LOCAL -> {
                conf.put(prefix + ".catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog");
                LocalCatalogFile.properties(settings).forEach((name, value) -> conf.put(prefix + "." + name, value));
            }
            case GLUE -> conf.put(prefix + ".catalog-impl", "org.apache.iceberg.aws.glue.GlueCatalog");
        }
        return conf;
    }
}
