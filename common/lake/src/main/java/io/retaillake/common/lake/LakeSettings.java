package io.retaillake.common.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which lake a job works on.
 *
 * @param root where it is, as Hadoop writes paths: {@code s3://bucket[/prefix]}, or {@code file://} and a folder's absolute
 *     path as it is, for Hadoop takes a space's {@code %20} for three characters; no trailing slash
 * @param catalog the catalog's kind
 * @param catalogFile path of the local catalog's SQLite file; null with another catalog
 * @param namespacePrefix put before each layer's name, so that several lakes share a catalog; may be empty
 */
public record LakeSettings(String root, CatalogKind catalog, String catalogFile, String namespacePrefix) {

    private static final String LOCAL = "file://";

    /** What {@link #root} is for a folder of this machine. */
    public static String root(Path folder) {
        return LOCAL + folder.toAbsolutePath().normalize();
    }

    /** The folder of this machine that holds it, if one does. */
    public Optional<Path> folder() {
        return root.startsWith(LOCAL) ? Optional.of(Path.of(root.substring(LOCAL.length()))) : Optional.empty();
    }

    /** Whether the catalog is a file in the lake's folder, and so is copied and moved with it. */
    boolean catalogIsInside() {
        return catalogFile != null
                && folder().filter(Path.of(catalogFile)::startsWith).isPresent();
    }

    /** Whether, moreover, it is no other lake's: a symbolic link may lead to that. */
    boolean catalogIsOwn() {
        try {
            return catalogIsInside()
                    && Path.of(catalogFile)
                            .toRealPath()
                            .startsWith(folder().orElseThrow().toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
