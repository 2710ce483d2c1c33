package io.retaillake.jobs.ops.sql;

import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The files that a query's result is exported as. */
enum ExportFormat {
    /** With timestamps as all tools read them, in UTC. */
    PARQUET,
    /** RFC 4180 with a line of names in each file; a null is an empty field, an empty text is quoted. */
    CSV;

    private static final Map<String, String> CSV_OPTIONS =
            Map.of("header", "true", "escape", "\"", "nullValue", "", "emptyValue", "\"\"");
    private static final String TIMESTAMP_TYPE = "spark.sql.parquet.outputTimestampType";

    /** Writes {@code result} into a folder that there is not yet. */
    void write(Dataset<Row> result, String folder) {
        // Spark's default is a type that is deprecated, and that not every tool takes for a time.
        result.sparkSession().conf().set(TIMESTAMP_TYPE, "TIMESTAMP_MICROS");
        result.write()
                .options(this == CSV ? CSV_OPTIONS : Map.of())
                .format(name().toLowerCase(Locale.ROOT))
                .save(folder);
    }
}
