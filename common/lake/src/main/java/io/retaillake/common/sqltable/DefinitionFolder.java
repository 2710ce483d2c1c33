package io.retaillake.common.sqltable;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder with definitions of tables: {@code <name>.yaml} and {@code <name>.sql} side by side. Other files and the folders in it are
 * not looked at.
 *
 * @param location on this machine or {@code s3://bucket/prefix}
 * @param hadoop how to reach it
 */
public record DefinitionFolder(String location, Configuration hadoop) {

    /** A definition is written by hand: a longer file is none. */
    private static final int MOST_BYTES = 1 << 20;

    /** The texts of a definition's two files. */
    record Pair(String yaml, String sql) {}

    /**
     * Reads them all, in the order of their names.
     *
     * @param problems gets files that lack the other, and that can't be read as text
     * @return by the two files' common path
     * @throws JobException exit code 2 where there is no such folder, or no definition in it, 4 where it can't be reached
     */
    SortedMap<String, Pair> pairs(Problems problems) {
        SortedMap<String, String> texts = new TreeMap<>();
        Path folder = location.contains("://") ? new Path(location) : new Path(uri());
        try {
            FileSystem files = folder.getFileSystem(hadoop);
            for (FileStatus file : files.listStatus(folder)) {
                String name = file.getPath().getName();
                if (file.isFile() && (name.endsWith(".yaml") || name.endsWith(".sql"))) {
                    texts.put(name, text(files, file, problems));
                }
            }
        } catch (FileNotFoundException e) {
            throw JobException.badArguments(
                    "There is no folder " + location + " with definitions of tables (--tables).");
        } catch (IOException e) {
            throw JobException.outsideSystem(
                    "The folder " + location + " with definitions of tables (--tables) can't be read: "
                            + e.getMessage(),
                    e);
        }
        if (texts.isEmpty()) {
            throw JobException.badArguments("The folder " + location
                    + " (--tables) has no definition of a table: no <name>.yaml and <name>.sql.");
        }
        return pairs(texts, problems);
    }

    private URI uri() {
        return java.nio.file.Path.of(location).toAbsolutePath().toUri();
    }

    private String text(FileSystem files, FileStatus file, Problems problems) throws IOException {
        String path = path(file.getPath().getName());
        if (file.getLen() > MOST_BYTES) {
            problems.add(path + ":1: has " + file.getLen() + " bytes; a definition has at most " + MOST_BYTES);
            return "";
        }
        try (InputStream in = files.open(file.getPath())) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.add(path + ":1: is no text in UTF-8");
            return "";
        }
    }

    private SortedMap<String, Pair> pairs(Map<String, String> texts, Problems problems) {
        SortedMap<String, Pair> pairs = new TreeMap<>();
        for (String name : texts.keySet()) {
            String definition = name.substring(0, name.lastIndexOf('.'));
            String yaml = texts.get(definition + ".yaml");
            String sql = texts.get(definition + ".sql");
            if (yaml == null || sql == null) {
                problems.add(path(name) + ":1: lacks the other file of its definition, " + definition
                        + (yaml == null ? ".yaml" : ".sql"));
            } else {
                pairs.put(path(definition), new Pair(yaml, sql));
            }
        }
        return pairs;
    }

    private String path(String name) {
        return location.replaceFirst("/+$", "") + "/" + name;
    }
}
