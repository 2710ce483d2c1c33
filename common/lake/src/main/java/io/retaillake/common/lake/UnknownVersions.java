package io.retaillake.common.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadata.MetadataLogEntry;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;

/**
 * The versions in a table's folder that its current version does not descend from, as far as its log tells.
 *
 * <p>A commit writes its version's metadata before it has the catalog name it, and leaves it where it dies or another commit
 * is faster. Such a version follows one of the log directly, and nothing follows it, because no other commit can begin from
 * it. Once the table has gone on from the same version, it is lost for good. Every other version may have been published.
 */
final class UnknownVersions {

    private final TableMetadata current;
    private final List<TableMetadata> unknown;
    private final FileIO files;

    /**
     * Tells them apart.
     *
     * @param unknown versions of the table that the folder holds and the log of {@code current} does not
     */
    UnknownVersions(TableMetadata current, List<TableMetadata> unknown, FileIO files) {
        this.current = current;
        this.unknown = unknown;
        this.files = files;
    }

    /** Those that may have been published. */
    List<TableMetadata> kept() {
        Set<String> log = log(current);
        return unknown.stream()
                .filter(version -> !AbandonedVersions.include(version, current))
                .filter(version -> !isLost(version, log))
                .toList();
    }

    private boolean isLost(TableMetadata version, Set<String> log) {
        return parent(version).filter(log::contains).isPresent()
                && unknown.stream().noneMatch(other -> log(other).contains(name(version.metadataFileLocation())));
    }

    /** The paths of all files that the kept versions need, as far as their metadata can be read. */
    Set<String> neededFiles() {
        Set<String> paths = new TreeSet<>();
        Set<Long> seen = new HashSet<>();
        current.snapshots().forEach(snapshot -> seen.add(snapshot.snapshotId()));
        for (TableMetadata version : kept()) {
            paths.add(FileLengths.path(version.metadataFileLocation()));
            version.statisticsFiles().forEach(file -> paths.add(FileLengths.path(file.path())));
            for (Snapshot snapshot : version.snapshots()) {
                if (seen.add(snapshot.snapshotId())) {
                    addFiles(version, snapshot, paths);
                }
            }
        }
        return paths;
    }

    private void addFiles(TableMetadata version, Snapshot snapshot, Set<String> paths) {
        paths.add(FileLengths.path(snapshot.manifestListLocation()));
        List<ManifestFile> manifests =
                BufferedFileIO.unlessDamaged(() -> snapshot.allManifests(files)).orElse(List.of());
        for (ManifestFile manifest : manifests) {
            if (paths.add(FileLengths.path(manifest.path()))) {
                paths.addAll(BufferedFileIO.unlessDamaged(() -> contentFiles(version, manifest))
                        .orElse(List.of()));
            }
        }
    }

    private List<String> contentFiles(TableMetadata version, ManifestFile manifest) {
        List<String> paths = new ArrayList<>();
        try (CloseableIterable<? extends ContentFile<?>> content = manifest.content() == ManifestContent.DATA
                ? ManifestFiles.read(manifest, files, version.specsById())
                : ManifestFiles.readDeleteManifest(manifest, files, version.specsById())) {
            content.forEach(file -> paths.add(FileLengths.path(file.location())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return paths;
    }

    private static Optional<String> parent(TableMetadata version) {
        List<MetadataLogEntry> log = version.previousFiles();
        return log.isEmpty()
                ? Optional.empty()
                : Optional.of(name(log.get(log.size() - 1).file()));
    }

    /** The names of the metadata files that a version descends from. */
    static Set<String> log(TableMetadata version) {
        return version.previousFiles().stream().map(entry -> name(entry.file())).collect(Collectors.toSet());
    }

    static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
