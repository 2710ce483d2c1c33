package io.retaillake.common.source;

import io.retaillake.common.job.Failures;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Tells what failed below TLS and PostgreSQL: the driver takes most of it for one failed attempt, or for a failure of TLS. */
final class NetworkFailure {

    private NetworkFailure() {}

    /** What is wrong and what to do; none where a server has answered. */
    static Optional<String> explain(SQLException e, SourceSecret secret) {
        String address = secret.host() + ":" + secret.port();
        Throwable innermost = Failures.causes(e).reduce((outer, inner) -> inner).orElse(e);
        String why = String.valueOf(innermost.getMessage());
        if (innermost instanceof UnknownHostException) {
            return Optional.of("The host name " + secret.host() + " is not known here."
                    + "\nCheck host in the secret (or --source-host), and this machine's DNS and network.");
        }
        if (!(innermost instanceof IOException) || innermost instanceof SSLException) {
            return Optional.empty();
        }
        if (innermost instanceof ConnectException && why.contains("refused")) {
            return Optional.of("Nothing listens at " + address + " for this machine: " + why
                    + ".\nCheck host and port, and that the server runs and listens at this address.");
        }
        if (innermost instanceof SocketTimeoutException) {
            return Optional.of(address + " does not answer: " + why
                    + ".\nCheck host and port, that the server runs, and that security groups let this machine in.");
        }
        if (innermost instanceof EOFException || why.contains("reset") || why.contains("Broken pipe")) {
            return Optional.of(address + " closed the connection before the login."
                    + "\nCheck that PostgreSQL is what listens there, and that no proxy or firewall ends connections.");
        }
        if (innermost instanceof SocketException) {
            return Optional.of(address + " can't be reached from this machine: " + why
                    + ".\nCheck host and port, and the network's routes, subnets and security groups.");
        }
        return Optional.empty();
    }
}
