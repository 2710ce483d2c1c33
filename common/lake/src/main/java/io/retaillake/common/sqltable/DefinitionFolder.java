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
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder with definitions of tables: {@code <name>.yaml} and {@code <name>.sql} side by side, and with their tests
 * {@code <name>.test.yaml}. Other files and the folders in it are not looked at.
 *
 * @param location on this machine or {@code s3://bucket/prefix}
 * @param hadoop how to reach it
 */
public record DefinitionFolder(String location, Configuration hadoop) {

    /** A definition is written by hand: a longer file is none. */
    private static final int MOST_BYTES = 1 << 20;

    /** The ending of a test's name. */
    static final String TEST = ".test.yaml";

    /** The texts of a definition's two files. */
    record Pair(String yaml, String sql) {}

    /**
     * Reads all definitions, in the order of their names.
     *
     * @param problems gets files that lack the other, and that can't be read as text
     * @return by the two files' common path
     * @throws JobException exit code 2 where there is no such folder, or no definition in it, 4 where it can't be reached
     */
    SortedMap<String, Pair> pairs(Problems problems) {
        SortedMap<String, String> texts =
                texts(name -> !isTest(name) && (name.endsWith(".yaml") || name.endsWith(".sql")), problems);
        if (texts.isEmpty()) {
            throw JobException.badArguments(
                    "The folder " + location + " has no definition of a table: no <name>.yaml and <name>.sql.");
        }
        return pairs(texts, problems);
    }

    /** A file beside the definitions; empty where there is none of this name. */
    Optional<String> text(String name, Problems problems) {
        return Optional.ofNullable(texts(name::equals, problems).get(name));
    }

    /** The names of definitions that have a test, though there may be no definition. */
    public Set<String> tested() {
        return texts(DefinitionFolder::isTest, new Problems()).keySet().stream()
                .map(name -> name.substring(0, name.length() - TEST.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isTest(String name) {
        return name.endsWith(TEST);
    }

    private SortedMap<String, String> texts(Predicate<String> wanted, Problems problems) {
        SortedMap<String, String> texts = new TreeMap<>();
        Path folder = location.contains("://") ? new Path(location) : new Path(uri());
        try {
            FileSystem files = folder.getFileSystem(hadoop);
            for (FileStatus file : files.listStatus(folder)) {
                String name = file.getPath().getName();
                if (file.isFile() && wanted.test(name)) {
                    texts.put(name, text(files, file, problems));
                }
            }
        } catch (FileNotFoundException e) {
            throw JobException.badArguments("There is no folder " + location + " with definitions of tables.");
        } catch (IOException e) {
            throw JobException.outsideSystem(
                    "The folder " + location + " with definitions of tables can't be read: " + e.getMessage(), e);
        }
        return texts;
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

    /** The path of a file in it, as messages name it. */
    public String path(String name) {
        return location.replaceFirst("/+$", "") + "/" + name;
    }
}
