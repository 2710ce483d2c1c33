package io.retaillake.common.lake;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions of a table whose metadata files lie in its folder, whatever the catalog knows of it. */
public final class TableVersions {

    private static final Logger LOG = LoggerFactory.getLogger(TableVersions.class);
    private static final String METADATA_FILE = ".metadata.json";

    /** What a table's creation writes, which is no table yet if the catalog does not know it. */
    private static final String FIRST = "00000-";

    private final Lake lake;
    private final TableContract contract;
    private final HadoopFileIO files;
    private final WholeFiles wholeFiles;

    /** Of the table that {@code contract} describes. */
    public TableVersions(Lake lake, TableContract contract) {
        this.lake = lake;
        this.contract = contract;
        this.files = new HadoopFileIO(lake.spark().sessionState().newHadoopConf());
        this.wholeFiles = new WholeFiles(files);
    }

    /** Whether the folder holds versions of a table that was written to. */
    public boolean exist() {
        return metadataFiles().stream().anyMatch(file -> !name(file).startsWith(FIRST));
    }

    /**
     * Has the catalog name the newest version whose metadata can be read. Data files are not looked at.
     *
     * @return the version's metadata file; nothing where no version can be read, and the catalog does not name the table any
     *     more
     * @throws JobException exit code 4 when the storage does not tell whether a version can be read; the catalog is as it was
     */
    public Optional<String> restore() {
        Optional<String> newest = metadataFiles().stream()
                .flatMap(file -> read(file).stream())
                .sorted(Comparator.comparingLong(TableMetadata::lastUpdatedMillis)
                        .reversed())
                .filter(this::isReadable)
                .map(TableMetadata::metadataFileLocation)
                .findFirst();
        lake.register(contract, newest);
        return newest;
    }

    private Optional<TableMetadata> read(String metadataFile) {
        try {
            return Optional.of(TableMetadataParser.read(wholeFiles.newInputFile(metadataFile)));
        } catch (RuntimeException e) {
            requireDamage(e);
            LOG.info("{} can't be read", metadataFile, e);
            return Optional.empty();
        }
    }

    private boolean isReadable(TableMetadata version) {
        try {
            BaseTable table = new BaseTable(
                    new StaticTableOperations(version.metadataFileLocation(), wholeFiles), contract.toString());
            Snapshot current = table.currentSnapshot();
            return current == null || DataFiles.of(table, current.snapshotId(), Expressions.alwaysTrue()) != null;
        } catch (RuntimeException e) {
            requireDamage(e);
            LOG.info("The version {} can't be read", version.metadataFileLocation(), e);
            return false;
        }
    }

    /** Whatever fails once a file is read is damage. An older version must not take the place of one that is out of reach. */
    private static void requireDamage(RuntimeException failure) {
        Failures.find(failure, JobException.class).ifPresent(ofStorage -> {
            throw ofStorage;
        });
    }

    private List<String> metadataFiles() {
        List<String> found = new ArrayList<>();
        try {
            for (FileInfo file : files.listPrefix(lake.settings().root() + "/" + contract.folder() + "/metadata")) {
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

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
