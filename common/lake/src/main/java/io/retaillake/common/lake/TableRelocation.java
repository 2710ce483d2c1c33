package io.retaillake.common.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.hadoop.HadoopFileIO;

/**
 * Makes a table that was moved or copied to another place one that lies there: writes metadata of all its versions with the
 * paths of that place, as Iceberg's {@code rewrite_table_path} does, beside the old, and has the catalog name it. Data files
 * stay as they are; snapshots, tags and branches keep their names and ids. Iceberg's procedure reads the old place, which is
 * gone after a move.
 *
 * <p>Nothing is overwritten, so one that was cut off is repeated, and what it left are orphans. Costs reading and writing all
 * manifests.
 */
public final class TableRelocation {

    private final Lake lake;
    private final TableContract contract;
    private final TablePlace place;
    private final HadoopFileIO files;
    private final Map<String, PathRewriting.Written> written = new HashMap<>();

    /** Of the table that {@code contract} describes, into the lake's folder. */
    public TableRelocation(Lake lake, TableContract contract) {
        this.lake = lake;
        this.contract = contract;
        this.place = new TablePlace(contract, lake.settings().root());
        this.files = new HadoopFileIO(lake.spark().sessionState().newHadoopConf());
    }

    /**
     * Does it, from the newest version whose metadata can be read.
     *
     * @return the new metadata file; nothing where the table is of this place already, or there is none
     * @throws JobException exit code 2 where the catalog is that of a lake which is still in the other place; 4 where the table
     *     refers to what does not lie in its folder
     */
    public Optional<String> run() {
        TableVersions folder = new TableVersions(lake, contract);
        List<TableMetadata> versions = folder.newestFirst();
        if (versions.isEmpty() || isNamedHere(folder)) {
            return Optional.empty();
        }
        folder.requireOwnCatalog();
        if (place.isOwn(versions.get(0).location())) {
            // An earlier relocation was cut off before the catalog named it.
            return folder.restore();
        }
        Optional<String> relocated = versions.stream()
                .filter(version -> !place.isOwn(version.location()))
                .flatMap(version -> BufferedFileIO.unlessDamaged(() -> write(version, versions)).stream())
                .findFirst();
        relocated.ifPresent(metadataFile -> lake.register(contract, relocated));
        return relocated;
    }

    private boolean isNamedHere(TableVersions folder) {
        return folder.findWrongName().isEmpty() && lake.load(contract).isPresent();
    }

    private String write(TableMetadata version, List<TableMetadata> versions) {
        PathRewriting paths = new PathRewriting(contract, version.location(), place.folder(), files, written);
        ObjectNode json = parse(TableMetadataParser.toJson(version));
        ArrayNode log = json.withArray("metadata-log");
        log.addObject()
                .put("timestamp-ms", version.lastUpdatedMillis())
                .put("metadata-file", version.metadataFileLocation());
        for (JsonNode snapshot : json.withArray("snapshots")) {
            ((ObjectNode) snapshot)
                    .put(
                            "manifest-list",
                            paths.writeManifestList(
                                    snapshot.get("manifest-list").asText()));
        }
        replaceLocations(json, paths);
        json.put("location", place.folder());
        json.put("last-updated-ms", Math.max(System.currentTimeMillis(), version.lastUpdatedMillis()));
        String location = String.format(
                "%s/metadata/%05d-%s.metadata.json",
                place.folder(), TableVersions.newestNumber(versions) + 1, UUID.randomUUID());
        paths.write(location, json.toString().getBytes(StandardCharsets.UTF_8));
        return location;
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Wherever they are: of earlier metadata, statistics, and in properties. */
    private static void replaceLocations(JsonNode node, PathRewriting paths) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(replaced(field.getValue(), paths)));
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                array.set(index, replaced(array.get(index), paths));
            }
        }
    }

    private static JsonNode replaced(JsonNode value, PathRewriting paths) {
        if (value.isTextual()) {
            return TextNode.valueOf(paths.replaceIfMoved(value.asText()));
        }
        replaceLocations(value, paths);
        return value;
    }
}
