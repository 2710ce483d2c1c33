package io.retaillake.common.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** A certificate authority of our own, made by the JDK's keytool, and the certificates that it issues. */
public final class TestAuthority {

    private static final String PASSWORD = UUID.randomUUID().toString();

    private final Path folder;
    private final String name;

    private TestAuthority(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Makes an authority whose files lie in {@code folder}. */
    public static TestAuthority create(Path folder, String name) throws IOException, InterruptedException {
        TestAuthority authority = new TestAuthority(folder, name);
        authority.keyPair(name, "CN=" + name, "-ext", "bc:c=ca:true");
        authority.keytool(
                name, "-exportcert", "-rfc", "-file", authority.certificate().toString());
        return authority;
    }

    /** Its own certificate: what a client trusts. */
    public Path certificate() {
        return folder.resolve(name + ".crt");
    }

    /**
     * Issues a certificate.
     *
     * @param hosts what it is for, as keytool's SAN, e.g. {@code dns:localhost}
     * @return the files with the certificate and its key
     */
    public List<Path> issue(String server, String hosts)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path request = folder.resolve(server + ".csr");
        Path certificate = folder.resolve(server + ".crt");
        keyPair(server, "CN=" + server);
        keytool(server, "-certreq", "-file", request.toString());
        keytool(
                name,
                "-gencert",
                "-rfc",
                "-ext",
                "san=" + hosts,
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString());
        return List.of(certificate, privateKey(server));
    }

    private void keyPair(String alias, String distinguishedName, String... more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("-genkeypair", "-keyalg", "EC", "-validity", "30", "-dname", distinguishedName));
        arguments.addAll(List.of(more));
        keytool(alias, arguments.toArray(String[]::new));
    }

    private void keytool(String alias, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", alias, "-keystore", store(alias).toString(), "-storepass:env", "STORE"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STORE", PASSWORD);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
    }

    private Path store(String alias) {
        return folder.resolve(alias + ".p12");
    }

    /** The key as PostgreSQL wants it: PEM, in a file that nobody else reads. */
    private Path privateKey(String alias) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store(alias))) {
            store.load(in, PASSWORD.toCharArray());
        }
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(store.getKey(alias, PASSWORD.toCharArray()).getEncoded());
        Path file = Files.createFile(
                folder.resolve(alias + ".key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
    }
}
