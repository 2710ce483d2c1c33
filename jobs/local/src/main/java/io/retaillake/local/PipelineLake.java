package io.retaillake.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lake that a pipeline fills.
 *
 * @param location an absolute folder, or {@code s3://bucket[/prefix]}
 * @param catalogFile the local catalog's file; where it is absent, the lake's folder holds it
 */
record PipelineLake(String location, Optional<Path> catalogFile) {

    private static final String S3 = "s3://";

    /** The lake in a folder, with its catalog inside. */
    static PipelineLake in(Path folder) {
        return new PipelineLake(folder.toString(), Optional.empty());
    }

    /** What was typed; what is wrong with it goes to {@code problems}. */
    static PipelineLake parse(String lake, String catalogFile, List<String> problems) {
        Optional<Path> file = Optional.ofNullable(catalogFile)
                .map(path -> Path.of(path).toAbsolutePath().normalize());
        if (lake.startsWith(S3)) {
            if (file.isEmpty()) {
                problems.add(
                        "--lake is on S3, so --catalog-file is needed: the file of the tables' catalog, on this machine");
            }
            return new PipelineLake(lake.replaceAll("/+$", ""), file);
        }
        if (lake.contains("://")) {
            problems.add("--lake is '" + lake + "'; give a folder or s3://bucket[/prefix]");
            return new PipelineLake(lake, file);
        }
        return new PipelineLake(Path.of(lake).toAbsolutePath().normalize().toString(), file);
    }

    /** The jobs' options that name it. */
    List<String> options() {
        List<String> options = new ArrayList<>(List.of("--lake", location));
        catalogFile.ifPresent(file -> options.addAll(List.of("--catalog-file", file.toString())));
        return options;
    }

    /** The file that the one pipeline working on it has locked: on this machine, as S3 has no locks. */
    Path lockFile() {
        return catalogFile
                .map(file -> file.resolveSibling(file.getFileName() + ".pipeline.lock"))
                .orElseGet(() -> Path.of(location).resolve("pipeline.lock"));
    }

    /** The address of a file in it, to open. */
    String uri(String file) {
        return location.startsWith(S3)
                ? location + "/" + file
                : Path.of(location).resolve(file).toUri().toString();
    }

    @Override
    public String toString() {
        return location;
    }
}
