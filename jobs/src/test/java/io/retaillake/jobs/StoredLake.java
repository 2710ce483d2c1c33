package io.retaillake.jobs;

import io.retaillake.common.lake.LakeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * A small lake that {@code bin/pipeline --scale 0.0005 --from 2015-01 --to 2015-02} wrote before contracts had changed for the first
 * time, with layout version 1. Some marts and the record of runs are left out.
 */
public final class StoredLake {

    private static final String RESOURCE = "lake-of-layout-1.zip";

    /** Where it was written: its metadata has whole paths, which Hadoop and this library write in two ways. */
    private static final Pattern ROOT = Pattern.compile("file:(//)?/tmp/retail-lake(?=/)");

    private StoredLake() {}

    /** Unpacks it to a folder that must not exist, and opens it. */
    public static TestLake open(Path folder) throws IOException, SQLException {
        try (InputStream resource = StoredLake.class.getResourceAsStream(RESOURCE);
                ZipInputStream zip = new ZipInputStream(resource)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
        move(folder, LakeSettings.root(folder));
        return new TestLake(folder);
    }

    private static void move(Path folder, String root) throws IOException, SQLException {
        List<Path> metadata;
        try (Stream<Path> files = Files.walk(folder)) {
            metadata = files.filter(file -> file.getParent().endsWith("metadata") && Files.isRegularFile(file))
                    // Lists tell how long the manifests are.
                    .sorted(Comparator.comparing(StoredLake::isList))
                    .toList();
        }
        for (Path file : metadata) {
            if (file.toString().endsWith(".avro")) {
                moveAvro(folder, file, root);
            } else {
                Files.writeString(file, moved(Files.readString(file), root));
            }
        }
        try (Connection catalog = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"));
                PreparedStatement update = catalog.prepareStatement(
                        "UPDATE iceberg_tables SET metadata_location = replace(metadata_location, 'file:/tmp/retail-lake', ?)")) {
            update.setString(1, root);
            update.executeUpdate();
        }
    }

    private static String moved(CharSequence text, String root) {
        return ROOT.matcher(text).replaceAll(Matcher.quoteReplacement(root));
    }

    private static boolean isList(Path file) {
        return file.getFileName().toString().startsWith("snap-");
    }

    private static void moveAvro(Path folder, Path file, String root) throws IOException {
        Path moved = file.resolveSibling("moved");
        try (DataFileReader<GenericRecord> in = new DataFileReader<>(file.toFile(), new GenericDatumReader<>());
                DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>(in.getSchema()))) {
            in.getMetaKeys().stream()
                    .filter(key -> !DataFileWriter.isReservedMeta(key))
                    .forEach(key -> out.setMeta(key, in.getMeta(key)));
            out.setCodec(CodecFactory.deflateCodec(1)).create(in.getSchema(), moved.toFile());
            for (GenericRecord row : in) {
                move(row, root);
                if (isList(file)) {
                    String manifest = row.get("manifest_path").toString().substring(root.length() + 1);
                    row.put("manifest_length", Files.size(folder.resolve(manifest)));
                }
                out.append(row);
            }
        }
        Files.delete(file);
        Files.move(moved, file);
    }

    private static void move(GenericRecord record, String root) {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value instanceof GenericRecord nested) {
                move(nested, root);
            } else if (value instanceof CharSequence text) {
                record.put(field.pos(), moved(text, root));
            }
        }
    }
}
