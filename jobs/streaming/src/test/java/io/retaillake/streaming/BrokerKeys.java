package io.retaillake.streaming;

import io.retaillake.common.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A broker's certificate for this machine, of an authority of our own. */
record BrokerKeys(TestAuthority authority, Path keys) {

    /** Makes authority and certificate in a folder. */
    static BrokerKeys create(Path folder) throws Exception {
        TestAuthority authority = TestAuthority.create(folder, "authority");
        List<Path> certificateAndKey = authority.issue("server", "ip:127.0.0.1");
        Path keys = Files.writeString(
                folder.resolve("keys.pem"),
                Files.readString(certificateAndKey.get(1)) + Files.readString(certificateAndKey.get(0)));
        return new BrokerKeys(authority, keys);
    }

    /** What a client needs to trust the broker. */
    Map<String, String> clientSettings() {
        return Map.of(
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                authority.certificate().toString());
    }

    Map<String, String> brokerSettings() {
        Map<String, String> settings = new TreeMap<>(clientSettings());
        settings.putAll(Map.of("ssl.keystore.type", "PEM", "ssl.keystore.location", keys.toString()));
        return settings;
    }
}
