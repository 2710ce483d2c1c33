package io.retaillake.jobs.ops.sql;

import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Locations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the jobs own: the contracts' tables with their branches and tags, their folders, and the layers' namespaces; in any catalog and
 * under any prefix, because several names may lead to one table.
 *
 * @param contracts the tables
 * @param lakeRoot where the lake is
 * @param currentNamespace what a name of one part is looked for in
 */
record PublishedNames(List<TableContract> contracts, String lakeRoot, List<String> currentNamespace) {

    private static final Pattern SEPARATORS = Pattern.compile("[.]");
    private static final String WAREHOUSE = "/data/";

    /** The first among {@code written} that is the jobs', as it was typed. */
    Optional<String> among(WrittenNames written) {
        Stream<String> tables = written.names().stream().filter(this::isTable).map(name -> String.join(".", name));
        Stream<String> namespaces = written.namespaces().stream()
                .filter(name -> Stream.of(Layer.values())
                        .anyMatch(layer -> normalized(String.join(".", name)).endsWith(layer.namespace())))
                .map(name -> "the namespace " + String.join(".", name));
        Stream<String> folders = written.places().stream().filter(this::isFolder);
        return Stream.of(tables, namespaces, folders).flatMap(found -> found).findFirst();
    }

    private boolean isTable(List<String> name) {
        List<String> parts = new ArrayList<>(name.size() == 1 ? currentNamespace : List.of());
        // A quoted part may hold dots, and some catalogs take them for separators.
        name.forEach(part -> parts.addAll(Arrays.asList(SEPARATORS.split(normalized(part)))));
        // What is after the table's name is a branch, or one of its metadata tables.
        for (int table = 1; table < parts.size(); table++) {
            String namespace = normalized(parts.get(table - 1));
            String candidate = parts.get(table);
            if (contracts.stream()
                    .anyMatch(contract -> candidate.equals(contract.name())
                            && namespace.endsWith(contract.layer().namespace()))) {
                return true;
            }
        }
        return isInFolderByDefault(name);
    }

    /** Whether a table of this name would lie in a folder of theirs: the catalog makes folders of namespaces. */
    private boolean isInFolderByDefault(List<String> name) {
        if (name.isEmpty()) {
            return false;
        }
        List<String> parts = new ArrayList<>(currentNamespace);
        parts.addAll(name);
        // The first part may be the name of the catalog.
        return Stream.of(parts, name.subList(1, name.size()))
                .map(levels -> lakeRoot + WAREHOUSE + String.join("/", levels).replace('.', '/'))
                .anyMatch(place -> folders().anyMatch(folder -> Locations.isWithin(folder, place)));
    }

    /** Whether {@code place} is in a table's folder, or has one below it. */
    private boolean isFolder(String place) {
        if (!place.contains("/")) {
            return false;
        }
        try {
            String location = Locations.normalized(place);
            return contracts.stream().anyMatch(contract -> location.contains(contract.folder()))
                    || folders()
                            .anyMatch(folder ->
                                    Locations.isWithin(folder, location) || Locations.isWithin(location, folder));
        } catch (IllegalArgumentException e) {
            // Not the name of a place, but a comment or a setting.
            return false;
        }
    }

    private Stream<String> folders() {
        return contracts.stream().map(TableContract::folder).map(folder -> lakeRoot + "/" + folder);
    }

    private static String normalized(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
