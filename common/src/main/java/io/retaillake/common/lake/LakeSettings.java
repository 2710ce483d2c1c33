package io.retaillake.common.lake;

/**
 * Which lake a job works on.
 *
 * @param root URI of the folder or bucket that holds it, without a trailing slash
 * @param catalog the catalog's kind
 * @param catalogFile path of the local catalog's SQLite file; null with another catalog
 * @param namespacePrefix put before each layer's name, so that several lakes share a catalog; may be empty
 */
public record LakeSettings(String root, CatalogKind catalog, String catalogFile, String namespacePrefix) {}
