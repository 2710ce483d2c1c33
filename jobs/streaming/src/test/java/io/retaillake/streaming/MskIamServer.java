package io.retaillake.streaming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.spi.LoginModule;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import javax.security.sasl.SaslServerFactory;

/**
 * The broker's side of MSK's authentication, as far as its clients see it: it takes a signed request to connect and answers with a request id. It
 * checks that the request has all that belongs to it, and not the signature, whose key only AWS has.
 */
final class MskIamServer implements SaslServer {

    static final String MECHANISM = "AWS_MSK_IAM";

    /** Every request that came. */
    static final List<JsonNode> REQUESTS = new CopyOnWriteArrayList<>();

    private static final String VERSION = "2020_10_22";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> REQUIRED = List.of(
            "host",
            "user-agent",
            "action",
            "x-amz-algorithm",
            "x-amz-credential",
            "x-amz-date",
            "x-amz-expires",
            "x-amz-signedheaders",
            "x-amz-signature");

    private String accessKey;

    /** What a broker's settings name, so that the broker knows the mechanism. */
    public static final class Login implements LoginModule {

        static {
            Security.addProvider(new Mechanism());
        }

        @Override
        public void initialize(
                Subject subject, CallbackHandler handler, Map<String, ?> sharedState, Map<String, ?> options) {}

        @Override
        public boolean login() {
            return true;
        }

        @Override
        public boolean commit() {
            return true;
        }

        @Override
        public boolean abort() {
            return false;
        }

        @Override
        public boolean logout() {
            return true;
        }
    }

    private static final class Mechanism extends Provider {

        private static final long serialVersionUID = 1;

        Mechanism() {
            super("MskIamServer", "1", "MSK's authentication for a broker of tests");
            put("SaslServerFactory." + MECHANISM, Factory.class.getName());
        }
    }

    /** Made by Java's security by its name. */
    public static final class Factory implements SaslServerFactory {

        @Override
        public SaslServer createSaslServer(
                String mechanism, String protocol, String server, Map<String, ?> settings, CallbackHandler handler) {
            return mechanism.equals(MECHANISM) ? new MskIamServer() : null;
        }

        @Override
        public String[] getMechanismNames(Map<String, ?> settings) {
            return new String[] {MECHANISM};
        }
    }

    @Override
    public byte[] evaluateResponse(byte[] response) throws SaslException {
        try {
            JsonNode request = JSON.readTree(response);
            REQUESTS.add(request);
            for (String field : REQUIRED) {
                if (request.path(field).asText().isEmpty()) {
                    throw new SaslException("The request has no " + field);
                }
            }
            if (!request.path("version").asText().equals(VERSION)) {
                throw new SaslException("The request has the version " + request.path("version"));
            }
            accessKey = request.path("x-amz-credential").asText().split("/", 2)[0];
            return "{\"version\":\"%s\",\"request-id\":\"1\"}"
                    .formatted(VERSION)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw e instanceof SaslException refusal ? refusal : new SaslException("The request is no JSON", e);
        }
    }

    @Override
    public String getMechanismName() {
        return MECHANISM;
    }

    @Override
    public boolean isComplete() {
        return accessKey != null;
    }

    @Override
    public String getAuthorizationID() {
        return accessKey;
    }

    @Override
    public byte[] unwrap(byte[] incoming, int offset, int length) {
        throw new IllegalStateException("TLS encrypts");
    }

    @Override
    public byte[] wrap(byte[] outgoing, int offset, int length) {
        throw new IllegalStateException("TLS encrypts");
    }

    @Override
    public Object getNegotiatedProperty(String name) {
        return null;
    }

    @Override
    public void dispose() {}
}
