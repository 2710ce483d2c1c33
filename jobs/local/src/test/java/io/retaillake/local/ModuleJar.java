package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.registry.LakeModule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The module that common/README.md shows, compiled against the job jar and packed as somebody outside this project would. */
final class ModuleJar {

    private static final Path SOURCES =
            Submission.PROJECT.root().resolve("jobs/local/src/test/resources/stores/com/example/stores");

    private ModuleJar() {}

    /** Makes it in {@code folder}. */
    static Path in(Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("stores-classes"));
        compile(classes);
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(LakeModule.class.getName()), "com.example.stores.StoresModule\n");
        Path jar = folder.resolve("stores.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Path entry : filesOf(classes)) {
                out.putNextEntry(new ZipEntry(classes.relativize(entry).toString()));
                Files.copy(entry, out);
            }
        }
        return jar;
    }

    private static void compile(Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = Stream.concat(
                        Stream.of(Submission.PROJECT.jobJar()),
                        filesOf(Submission.PROJECT.sparkHome().resolve("jars")).stream())
                .map(Path::toString)
                .collect(Collectors.joining(":"));
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            problems,
                            files,
                            null,
                            List.of("-d", classes.toString(), "-cp", classPath, "-proc:none"),
                            null,
                            files.getJavaFileObjectsFromPaths(filesOf(SOURCES)))
                    .call();
            assertThat(compiled).as(problems.toString()).isTrue();
        }
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
