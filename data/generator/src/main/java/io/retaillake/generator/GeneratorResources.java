package io.retaillake.generator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The lists of names that generated rows are made of. */
final class GeneratorResources {

    private GeneratorResources() {}

    static String text(String resource) {
        try (InputStream in = GeneratorResources.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + resource + " is missing from the generator's jar.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read the resource " + resource + ".", e);
        }
    }
}
