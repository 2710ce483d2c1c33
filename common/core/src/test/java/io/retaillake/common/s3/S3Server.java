package io.retaillake.common.s3;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An S3 server of our own: s3proxy in a process, over a folder. Buckets are its subfolders. */
public final class S3Server implements AutoCloseable {

    public static final String KEY_ID = "test-key-id";

    private static final int START_SECONDS = 60;
    private static final int CONNECT_INTERVAL_MILLIS = 50;

    private final Path jar;
    private final Path folder;
    private final String secretKey = "s3-" + UUID.randomUUID();
    private final int port;
    private Process process;

    private S3Server(Path jar, Path folder, int port) {
        this.jar = jar;
        this.folder = folder;
        this.port = port;
    }

    /** Starts the s3proxy of {@code jar}, which keeps everything in {@code folder}. */
    public static S3Server start(Path jar, Path folder) throws IOException, InterruptedException {
        S3Server server = new S3Server(jar, folder, freePort());
        Files.createDirectories(folder.resolve("buckets"));
        Files.write(
                folder.resolve("s3proxy.conf"),
                List.of(
                        "s3proxy.endpoint=http://127.0.0.1:" + server.port,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + KEY_ID,
                        "s3proxy.credential=" + server.secretKey,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + folder.resolve("buckets")));
        server.startAgain();
        return server;
    }

    /** Starts the process after {@link #stop}, on the same port and folder. */
    public void startAgain() throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString(),
                        "--properties",
                        folder.resolve("s3proxy.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("s3proxy.log").toFile()))
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (process.waitFor(CONNECT_INTERVAL_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IOException("s3proxy did not start: " + Files.readString(folder.resolve("s3proxy.log")));
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes a bucket through the API: a folder made on disk would be served to everyone. */
    public void createBucket(String bucket) throws IOException, InterruptedException {
        put("/" + bucket, new byte[0]);
    }

    /** Writes an object through the API. */
    public void put(String bucket, String key, byte[] bytes) throws IOException, InterruptedException {
        put("/" + bucket + "/" + key, bytes);
    }

    private void put(String resource, byte[] bytes) throws IOException, InterruptedException {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        String toSign = "PUT\n\n\n\nx-amz-date:" + date + "\n" + resource;
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + resource))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .header("x-amz-date", date)
                .header("Authorization", "AWS " + KEY_ID + ":" + signature(toSign))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(resource + " was not written: " + response.statusCode() + " " + response.body());
        }
    }

    private String signature(String toSign) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(toSign.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a person would set to reach it; {@code url} is its own or that of something in between. */
    public Map<String, String> environment(String url) {
        return Map.of(
                "AWS_ENDPOINT_URL_S3",
                url,
                "AWS_REGION",
                "ap-northeast-2",
                "AWS_ACCESS_KEY_ID",
                KEY_ID,
                "AWS_SECRET_ACCESS_KEY",
                secretKey);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public String secretKey() {
        return secretKey;
    }

    /** Where a bucket's objects lie. */
    public Path bucket(String name) {
        return folder.resolve("buckets").resolve(name);
    }

    /** Ends the process at once, in the middle of whatever it does. */
    public void stop() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        stop();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
