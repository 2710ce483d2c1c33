package io.retaillake.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The jar as Lambda gets it. */
class FunctionJarIT {

    private static final Path JAR = Path.of(System.getProperty("lambda.jar"));

    @Test
    void isSmall() throws Exception {
        assertThat(Files.size(JAR)).isLessThan(10_000_000);
    }

    @Test
    void needsNothingButTheJdk() throws Exception {
        byte[] request =
                Call.request(List.of("{\"timestamp\":\"2026-11-28T10:05:07\"}".getBytes(StandardCharsets.UTF_8)));
        try (URLClassLoader jar =
                new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> context = jar.loadClass("com.amazonaws.services.lambda.runtime.Context");
            Class<?> logger = jar.loadClass("com.amazonaws.services.lambda.runtime.LambdaLogger");
            Object log = proxy(jar, logger, (proxy, method, arguments) -> null);
            Class<?> handler = jar.loadClass("io.retaillake.lambda.FirehoseEventsHandler");
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            handler.getMethod("handleRequest", InputStream.class, OutputStream.class, context)
                    .invoke(
                            handler.getConstructor().newInstance(),
                            new ByteArrayInputStream(request),
                            output,
                            proxy(jar, context, (proxy, method, arguments) -> log));
            assertThat(output.toString(StandardCharsets.UTF_8)).contains("\"recordId\":\"id-0\",\"result\":\"Ok\"");
        }
    }

    private static Object proxy(ClassLoader loader, Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(loader, new Class<?>[] {type}, handler);
    }
}
