package io.retaillake.common.lake;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.iceberg.io.FileIO;

/** Writes manifest lists and manifests with other paths in them under new names, all else as it was. */
final class PathRewriting {

    private static final int DELETES = 1;

    private final TableContract contract;
    private final String from;
    private final String to;
    private final FileIO files;
    private final BufferedFileIO wholeFiles;
    private final Map<String, Written> written;

    /** A manifest as it was written. */
    record Written(String location, long bytes) {}

    /**
     * Of a table whose folder is another one now.
     *
     * @param written the manifests that were rewritten so far, by their old paths
     */
    PathRewriting(TableContract contract, String from, String to, FileIO files, Map<String, Written> written) {
        this.contract = contract;
        this.from = from;
        this.to = to;
        this.files = files;
        this.wholeFiles = new BufferedFileIO(files);
        this.written = written;
    }

    /** A name with the new folder in place of the old; what is no name in the old folder stays. */
    String replaceIfMoved(String text) {
        return text.matches("(?s)(file:/|s3[an]?://).*")
                ? Locations.below(from, text).map(rest -> to + "/" + rest).orElse(text)
                : text;
    }

    /** The new name of a file of the table. */
    private String replace(String location) {
        String replaced = replaceIfMoved(location);
        if (Locations.below(to, replaced).isEmpty()) {
            throw JobException.outsideSystem(
                    contract + " refers to " + location + ", which lies neither in " + from + " nor in " + to
                            + ".\nA table whose files lie in several places can't be relocated; the catalog names what it named"
                            + " before. Rewrite its paths with Iceberg's procedure rewrite_table_path.",
                    null);
        }
        return replaced;
    }

    /** Writes a snapshot's list and all manifests in it; returns the list's name. */
    String writeManifestList(String old) {
        return rewrite(old, manifest -> {
                    if (Integer.valueOf(DELETES).equals(manifest.get("content"))) {
                        throw JobException.outsideSystem(
                                contract
                                        + " has rows that another tool has deleted by files of deletes, which hold paths, too."
                                        + "\nIt can't be relocated; the catalog names what it named before. Rewrite its paths"
                                        + " with Iceberg's procedure rewrite_table_path.",
                                null);
                    }
                    String path = manifest.get("manifest_path").toString();
                    if (!written.containsKey(path)) {
                        written.put(path, writeManifest(path));
                    }
                    manifest.put("manifest_path", new Utf8(written.get(path).location()));
                    manifest.put("manifest_length", written.get(path).bytes());
                })
                .location();
    }

    private Written writeManifest(String old) {
        return rewrite(old, entry -> {
            GenericRecord file = (GenericRecord) entry.get("data_file");
            file.put("file_path", new Utf8(replace(file.get("file_path").toString())));
        });
    }

    private Written rewrite(String old, Consumer<GenericRecord> change) {
        String moved = replace(old);
        String location = to + "/metadata/" + (UnknownVersions.name(moved).startsWith("snap-") ? "snap-" : "")
                + UUID.randomUUID() + "-relocated.avro";
        byte[] content = rewritten(moved, change);
        write(location, content);
        return new Written(location, content.length);
    }

    /**
     * Writes a file.
     *
     * @throws JobException exit code 4 when the storage fails
     */
    void write(String location, byte[] content) {
        try (OutputStream out = files.newOutputFile(location).create()) {
            out.write(content);
        } catch (IOException | RuntimeException e) {
            throw JobException.outsideSystem(
                    location + " can't be written: " + e.getMessage()
                            + "\nThe catalog names what it named before. When the storage can be written, the same command again.",
                    e);
        }
    }

    private byte[] rewritten(String location, Consumer<GenericRecord> change) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (InputStream in = wholeFiles.newInputFile(location).newStream();
                DataFileStream<GenericRecord> records = new DataFileStream<>(in, new GenericDatumReader<>());
                DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>())) {
            for (String key : records.getMetaKeys()) {
                if (!DataFileWriter.isReservedMeta(key)) {
                    out.setMeta(key, records.getMeta(key));
                }
            }
            String codec = records.getMetaString(DataFileConstants.CODEC);
            out.setCodec(codec == null ? CodecFactory.nullCodec() : CodecFactory.fromString(codec));
            out.create(records.getSchema(), content);
            for (GenericRecord record : records) {
                change.accept(record);
                out.append(record);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(location + DamagedTable.CAN_NOT_BE_READ, e);
        }
        return content.toByteArray();
    }
}
