package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is in the jars that go to AWS. */
class JobJarIT {

    private static final String GENERATOR = "io/retaillake/generator/";

    @Test
    void theJobJarHasNoGenerator() throws IOException {
        assertThat(entries(Project.current().jobJar()))
                .contains("io/retaillake/jobs/bronze/PrepareSource.class")
                .noneMatch(name -> name.startsWith(GENERATOR));
    }

    @Test
    void theGeneratorsJarHasNothingElse() throws IOException {
        assertThat(entries(Project.current().generatorJar()))
                .contains(GENERATOR + "FillSource.class")
                .filteredOn(name -> name.endsWith(".class"))
                .allMatch(name -> name.startsWith(GENERATOR));
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(entry -> entry.getName()).toList();
        }
    }
}
