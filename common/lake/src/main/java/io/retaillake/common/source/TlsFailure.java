package io.retaillake.common.source;

import io.retaillake.common.job.Failures;
import java.io.FileNotFoundException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.sql.SQLException;
import java.util.Optional;

/** Tells what of TLS failed: the driver's own messages leave open whether authority, host or server is wrong. */
final class TlsFailure {

    private TlsFailure() {}

    /**
     * What is wrong and what to do; none where the failure isn't about TLS.
     *
     * @param rootCertificate the file of authorities that was used; null for the driver's default
     */
    static Optional<String> explain(SQLException e, SourceSettings settings, String host, String rootCertificate) {
        String authorities = rootCertificate == null ? "~/.postgresql/root.crt" : rootCertificate;
        String message = String.valueOf(e.getMessage());
        if (Failures.find(e, CertificateExpiredException.class).isPresent()) {
            return Optional.of("The server's certificate, or its authority's, has expired. Have it renewed.");
        }
        if (Failures.find(e, CertPathBuilderException.class).isPresent()
                || Failures.find(e, CertPathValidatorException.class).isPresent()) {
            return Optional.of("The server's certificate was issued by an authority that is not in " + authorities
                    + ".\nName the right authorities with --ssl-root-cert (" + RdsAuthorities.NAME
                    + " for Amazon RDS's), or make sure that this is the right server.");
        }
        if (message.contains("hostnameverifier") || message.contains("hostname " + host)) {
            return Optional.of("The server's certificate is genuine, but it is for another host than " + host
                    + ".\nConnect by the name in the certificate (--source-host), or check the authority only"
                    + " (--ssl-mode verify-ca).");
        }
        if (Failures.find(e, FileNotFoundException.class).isPresent()) {
            return Optional.of("There is no file of authorities to trust at " + authorities
                    + ".\nName one with --ssl-root-cert (" + RdsAuthorities.NAME + " for Amazon RDS's).");
        }
        if (message.contains("does not support SSL")) {
            return Optional.of("The server has no TLS, and --ssl-mode is "
                    + settings.sslMode().parameter()
                    + ".\nTurn ssl on there; --ssl-mode disable sends everything in the clear.");
        }
        if (message.contains("no encryption")) {
            return Optional.of("The server takes this user from this address only by TLS, or not at all; --ssl-mode is "
                    + settings.sslMode().parameter()
                    + ".\nGive --ssl-mode verify-full, or check the server's pg_hba.conf.");
        }
        return Optional.empty();
    }
}
