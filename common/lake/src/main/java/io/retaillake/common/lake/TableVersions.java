package io.retaillake.common.lake;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileInfo;

/** The versions of a table whose metadata files lie in its folder, whatever the catalog knows of it. The folder is listed once. */
public final class TableVersions {

    private static final String METADATA_FILE = ".metadata.json";

    /** What a table's creation writes, which is no table yet if the catalog does not know it. */
    private static final String FIRST = "00000-";

    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,9})-");

    private final Lake lake;
    private final TableContract contract;
    private final HadoopFileIO files;
    private final BufferedFileIO wholeFiles;
    private final TablePlace place;
    private List<String> metadataFiles;

    /** Of the table that {@code contract} describes. */
    public TableVersions(Lake lake, TableContract contract) {
        this.lake = lake;
        this.contract = contract;
        this.files = new HadoopFileIO(lake.spark().sessionState().newHadoopConf());
        this.wholeFiles = new BufferedFileIO(files);
        this.place = new TablePlace(contract, lake.settings().root());
    }

    /** Whether the folder holds versions of a table that was written to. */
    public boolean exist() {
        return metadataFiles().stream().anyMatch(file -> !name(file).startsWith(FIRST));
    }

    /**
     * The table, if it exists and the catalog names the newest of its versions. Costs a listing of the folder of its metadata,
     * once.
     *
     * <p>The version that follows the current one directly is none that the catalog has lost: each commit writes it before the
     * catalog names it, and leaves it there where it dies.
     *
     * @throws JobException exit code 4 when the folder holds newer versions
     */
    public Optional<Table> findNewest() {
        return newest(() -> lake.find(contract));
    }

    /** The same of a table whatever wrote it. */
    Optional<Table> loadNewest() {
        return newest(() -> lake.load(contract));
    }

    private Optional<Table> newest(Supplier<Optional<Table>> known) {
        // Before the catalog is asked: what others commit meanwhile is no older catalog.
        List<String> files = metadataFiles();
        Optional<Table> table = known.get();
        table.map(TableVersions::metadata).ifPresent(current -> requireNewest(current, files));
        return table;
    }

    /**
     * Why the catalog does not name what it should: the table lies elsewhere, or its folder holds newer versions. Nothing where
     * it does, or does not know the table.
     */
    public Optional<JobException> findWrongName() {
        List<String> files = metadataFiles();
        try {
            lake.load(contract).map(TableVersions::metadata).ifPresent(current -> requireNewest(current, files));
            return Optional.empty();
        } catch (JobException e) {
            if (DamagedTable.explain(e).isPresent()) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    private void requireNewest(TableMetadata current, List<String> files) {
        int version = version(current.metadataFileLocation());
        files.stream()
                .filter(file -> version(file) > version + 1)
                .sorted(Comparator.comparingInt(TableVersions::version).reversed())
                .flatMap(file -> read(file).stream())
                .filter(newer -> newer.uuid().equals(current.uuid()))
                .filter(newer -> !AbandonedVersions.include(newer, current))
                .findFirst()
                .ifPresent(newest -> {
                    throw JobException.outsideSystem(
                            contract + " has newer versions in its folder than the catalog knows: the catalog names "
                                    + describe(current) + ", the newest is " + describe(newest)
                                    + ".\nWas an older catalog put back, or is it another one? Nothing was written or removed: the"
                                    + " newer versions would be lost.\nPut the newest catalog back, name the right one"
                                    + " (--catalog, --catalog-file), or register the tables' newest versions: CheckLake --restore.",
                            null);
                });
    }

    private static String describe(TableMetadata version) {
        return version.metadataFileLocation() + " (" + Instant.ofEpochMilli(version.lastUpdatedMillis()) + ")";
    }

    /**
     * What of the folder is not to be taken for orphans, though {@code table} does not know it: versions that may have been
     * published, and the files that they need. Metadata that can't be read is among it, what it refers to can't be.
     *
     * @return the files' paths
     * @throws JobException exit code 4 where another table lies in the same folder
     */
    public Set<String> filesToKeep(Table table) {
        TableMetadata current = metadata(table);
        Set<String> known = UnknownVersions.log(current);
        Set<String> paths = new TreeSet<>();
        List<TableMetadata> unknown = new ArrayList<>();
        for (String file : metadataFiles()) {
            if (!known.contains(name(file)) && !name(file).equals(name(current.metadataFileLocation()))) {
                read(file).ifPresentOrElse(unknown::add, () -> paths.add(FileLengths.path(file)));
            }
        }
        unknown.stream()
                .filter(version -> !version.uuid().equals(current.uuid()))
                .findFirst()
                .ifPresent(version -> {
                    throw JobException.outsideSystem(
                            "Another table lies in " + table.location() + " (" + version.metadataFileLocation()
                                    + "), of another catalog or --namespace-prefix. Its files can't be told from orphans, so none"
                                    + " was removed.\nGive each lake a --lake of its own.",
                            null);
                });
        paths.addAll(new UnknownVersions(current, unknown, wholeFiles).neededFiles());
        return paths;
    }

    /**
     * Has the catalog name the newest version whose metadata can be read. Data files are not looked at.
     *
     * @return the version's metadata file; nothing where no version can be read, and the catalog does not name the table any
     *     more
     * @throws JobException exit code 4 when the storage does not tell whether a version can be read, 2 where all versions are of a
     *     lake in another place; the catalog is as it was
     */
    public Optional<String> restore() {
        List<TableMetadata> versions = newestFirst();
        List<TableMetadata> own = versions.stream()
                .filter(version -> place.isOwn(version.location()))
                .toList();
        if (own.isEmpty() && !versions.isEmpty()) {
            throw place.elsewhere(versions.get(0).location());
        }
        if (!own.isEmpty()) {
            requireOwnCatalog();
        }
        Optional<TableMetadata> newest = own.stream().filter(this::isReadable).findFirst();
        lake.register(contract, newest.map(TableMetadata::metadataFileLocation));
        newest.ifPresent(chosen -> AbandonedVersions.remember(
                lake.find(contract).orElseThrow(),
                own.stream().filter(version -> isAbandoned(version, chosen)).toList()));
        return newest.map(TableMetadata::metadataFileLocation);
    }

    /**
     * Requires that the catalog may name these files in place of those that it names: it was moved or copied with them, or the
     * others are gone.
     *
     * @throws JobException exit code 2 where it is the catalog of a lake that is still in another place
     */
    void requireOwnCatalog() {
        if (!lake.settings().catalogIsOwn() && lake.isReadableElsewhere(contract)) {
            throw JobException.badArguments(
                    "The catalog names " + contract
                            + " in another lake, which is still there, and not in "
                            + lake.settings().root()
                            + ". It would lose its table.\nName this lake's catalog; or, if this is a"
                            + " copy of the other, give it one of its own (another --catalog-file, or --namespace-prefix), and repeat.");
        }
    }

    private static boolean isAbandoned(TableMetadata version, TableMetadata chosen) {
        return version.uuid().equals(chosen.uuid())
                && version(version.metadataFileLocation()) > version(chosen.metadataFileLocation());
    }

    /** All versions that are metadata at all. */
    List<TableMetadata> newestFirst() {
        return metadataFiles().stream()
                .flatMap(file -> read(file).stream())
                .sorted(Comparator.comparingLong(TableMetadata::lastUpdatedMillis)
                        .reversed())
                .toList();
    }

    private Optional<TableMetadata> read(String metadataFile) {
        return BufferedFileIO.unlessDamaged(() -> TableMetadataParser.read(wholeFiles.newInputFile(metadataFile)));
    }

    private boolean isReadable(TableMetadata version) {
        return BufferedFileIO.unlessDamaged(() -> {
                    BaseTable table = new BaseTable(
                            new StaticTableOperations(version.metadataFileLocation(), wholeFiles), contract.toString());
                    Snapshot current = table.currentSnapshot();
                    return current == null
                            ? List.of()
                            : DataFiles.of(table, current.snapshotId(), Expressions.alwaysTrue());
                })
                .isPresent();
    }

    private static TableMetadata metadata(Table table) {
        return ((HasTableOperations) table).operations().current();
    }

    private List<String> metadataFiles() {
        if (metadataFiles == null) {
            metadataFiles = list();
        }
        return metadataFiles;
    }

    private List<String> list() {
        List<String> found = new ArrayList<>();
        try {
            for (FileInfo file : files.listPrefix(place.folder() + "/metadata")) {
                if (file.location().endsWith(METADATA_FILE)) {
                    found.add(file.location());
                }
            }
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            if (!(cause instanceof FileNotFoundException)) {
                throw e;
            }
            // No folder, no versions.
        }
        return found;
    }

    /** The highest number of a version. */
    static int newestNumber(List<TableMetadata> versions) {
        return versions.stream()
                .mapToInt(version -> version(version.metadataFileLocation()))
                .max()
                .orElse(-1);
    }

    /** The number that a metadata file's name begins with, one more than its predecessor's. */
    private static int version(String file) {
        Matcher number = NUMBER.matcher(name(file));
        return number.lookingAt() ? Integer.parseInt(number.group(1)) : -1;
    }

    private static String name(String file) {
        return UnknownVersions.name(file);
    }
}
