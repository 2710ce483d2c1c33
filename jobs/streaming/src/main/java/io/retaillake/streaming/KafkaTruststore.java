package io.retaillake.streaming;

import io.retaillake.common.job.Problems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;

/** A file of the authorities that may have signed brokers' certificates. */
final class KafkaTruststore {

    private KafkaTruststore() {}

    /**
     * The certificates in PEM: they are handed to the executors, which read the topic, too, and do not have the file. None after adding to
     * {@code problems} what is wrong with it.
     */
    static Optional<String> read(Path file, Problems problems) {
        String problem;
        try {
            byte[] pem = Files.readAllBytes(file);
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .isEmpty()) {
                return Optional.of(new String(pem, StandardCharsets.US_ASCII));
            }
            problem = "has no certificate";
        } catch (NoSuchFileException e) {
            problem = "is not there";
        } catch (IOException e) {
            problem = "can't be read: " + e.getMessage();
        } catch (CertificateException e) {
            problem = "is no file of certificates: " + e.getMessage();
        }
        problems.add(
                "--kafka-truststore is '" + file + "', which " + problem + "; allowed: a file of certificates in PEM");
        return Optional.empty();
    }
}
