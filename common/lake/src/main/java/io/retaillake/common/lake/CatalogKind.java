package io.retaillake.common.lake;

/** Where the catalog {@code lake} keeps its table pointers. */
public enum CatalogKind {
    /** Iceberg's JDBC catalog on a SQLite file. */
    LOCAL,
    /** AWS Glue Data Catalog. */
    GLUE
}
