package io.retaillake.jobs.bronze;

import static org.apache.spark.sql.functions.col;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.source.CopyQuery;
import io.retaillake.common.source.SecretConnectionProvider;
import io.retaillake.common.source.SourceCatalog;
import io.retaillake.common.source.SourceConnector;
import io.retaillake.common.source.SourceRelation;
import io.retaillake.common.source.SourceSettings;
import java.util.List;
import java.util.Properties;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads the source's tables through Spark, every task in the same snapshot. */
final class SnapshotReader {

    private final SparkSession spark;
    private final SourceSettings settings;
    private final SourceSnapshot snapshot;

    SnapshotReader(SparkSession spark, SourceSettings settings, SourceSnapshot snapshot) {
        this.spark = spark;
        this.settings = settings;
        this.snapshot = snapshot;
    }

    /**
     * What reads the source's columns of a contract by {@code COPY}: for tables where speed matters.
     *
     * @param conditions SQL conditions, one for each task and connection, that together select each row once
     */
    List<CopyQuery> copies(TableContract contract, SourceRelation relation, List<String> conditions) {
        List<String> columns = SourceCatalog.sourceColumns(contract).stream()
                .map(column -> SourceRelation.quote(column.name()))
                .toList();
        String select = "SELECT " + String.join(", ", columns) + " FROM " + relation.quotedName() + " WHERE ";
        return conditions.stream()
                .map(condition -> new CopyQuery(
                        settings.toOptions(), snapshot.joinStatement(), select + condition, columns.size()))
                .toList();
    }

    /**
     * The source's columns of a contract, with the contract's names and types, read by Spark's JDBC data source.
     *
     * @param conditions SQL conditions, one for each task and connection, that together select each row once
     */
    Dataset<Row> read(TableContract contract, SourceRelation relation, List<String> conditions) {
        Column[] columns = SourceCatalog.sourceColumns(contract).stream()
                .map(column -> col(column.name()).cast(column.type()).as(column.name()))
                .toArray(Column[]::new);
        return spark.read()
                .options(settings.toOptions())
                .option("driver", SourceConnector.DRIVER_CLASS)
                .option("connectionProvider", SecretConnectionProvider.NAME)
                .option("sessionInitStatement", snapshot.joinStatement())
                .option("fetchsize", settings.fetchSizeRows())
                // The address is in the secret; the provider connects there.
                .jdbc(
                        "jdbc:postgresql:source",
                        relation.quotedName(),
                        conditions.toArray(String[]::new),
                        new Properties())
                .select(columns);
    }
}
