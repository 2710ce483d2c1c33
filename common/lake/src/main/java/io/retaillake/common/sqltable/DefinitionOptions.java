package io.retaillake.common.sqltable;

import io.retaillake.common.job.Problems;
import io.retaillake.common.registry.TableRegistry;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The option of jobs that take a user's definitions of tables. */
public final class DefinitionOptions {

    @Option(
            names = "--tables",
            paramLabel = "<folder>",
            description =
                    "Folder with definitions of further tables, each <name>.yaml and <name>.sql; on this machine or s3://bucket/prefix.")
    private String folder;

    /**
     * The tables of a registry and those of the folder.
     *
     * @param problems gets all that is wrong with the folder's, each with file and line
     */
    public TableRegistry registry(SparkSession spark, TableRegistry registry, Problems problems) {
        return folder == null
                ? registry
                : registry.with(SqlTables.read(
                        new DefinitionFolder(folder, spark.sessionState().newHadoopConf()), registry, problems));
    }

    /**
     * The tables that a lake has, and in place of those of the same name, or beside them, those of the folder.
     *
     * @param problems gets all that is wrong with the folder's, each with file and line
     */
    public TableRegistry registry(LakeTables tables, Problems problems) {
        return folder == null
                ? tables.registry()
                : tables.registry()
                        .with(SqlTables.read(
                                new DefinitionFolder(
                                        folder,
                                        tables.lake().spark().sessionState().newHadoopConf()),
                                tables.modules(),
                                tables.registry(),
                                problems));
    }
}
