package io.retaillake.common.lake;

import io.retaillake.common.job.Problems;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that say which lake a job works on. */
public final class LakeOptions {

    private static final Pattern PREFIX = Pattern.compile("[a-z0-9_]{0,40}");

    @Option(
            names = "--lake",
            required = true,
            paramLabel = "<uri>",
            description = "Root of the lake: a folder, file:/… or s3://bucket[/prefix].")
    private String lake;

    @Option(
            names = "--catalog",
            paramLabel = "local|glue",
            description = "Catalog of the tables: local (a SQLite file) or glue (AWS Glue Data Catalog).")
    private String catalog = "local";

    @Option(
            names = "--catalog-file",
            paramLabel = "<path>",
            description = "File of the local catalog; default <lake>/catalog.db. Required when the lake is on S3.")
    private String catalogFile;

    @Option(
            names = "--namespace-prefix",
            paramLabel = "<prefix>",
            description = "Put before the names of the namespaces: lower-case letters, digits, underscores.")
    private String namespacePrefix = "";

    /** The settings that these options describe, or null after adding to {@code problems} what is wrong with them. */
    public LakeSettings settings(Problems problems) {
        int before = problems.messages().size();
        CatalogKind kind = switch (catalog.toLowerCase(Locale.ROOT)) {
            case "local" -> CatalogKind.LOCAL;
            case "glue" -> CatalogKind.GLUE;
            default -> null;
        };
        if (kind == null) {
            problems.add("--catalog is '" + catalog + "'; allowed: local, glue");
        }
        if (!PREFIX.matcher(namespacePrefix).matches()) {
            problems.add("--namespace-prefix is '" + namespacePrefix
                    + "'; allowed: up to 40 lower-case letters, digits and underscores");
        }
        String root = lake == null ? null : FolderOption.root("--lake", lake, problems);
        // SQLite takes some names that are not absolute, like :memory:, for something else than a file.
        String file = catalogFile == null
                ? null
                : Path.of(catalogFile).toAbsolutePath().normalize().toString();
        if (kind == CatalogKind.LOCAL && file == null && root != null) {
            file = new LakeSettings(root, kind, null, namespacePrefix)
                    .folder()
                    .map(folder -> folder.resolve("catalog.db").toString())
                    .orElse(null);
            if (file == null) {
                problems.add("--catalog-file is missing; it is required when the lake is on S3 and --catalog is local");
            }
        }
        if (file != null && file.contains("?")) {
            problems.add(
                    "--catalog-file is '" + file + "'; allowed: a path without '?', after which SQLite reads settings");
        }
        if (kind == CatalogKind.GLUE && file != null) {
            problems.add("--catalog-file is only allowed with --catalog local");
        }
        return problems.messages().size() > before ? null : new LakeSettings(root, kind, file, namespacePrefix);
    }
}
