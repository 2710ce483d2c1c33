package io.retaillake.common.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import org.junit.jupiter.api.Test;

class RdsAuthoritiesTest {

    /** Not a time from now, with which the build would one day fail by itself. */
    private static final Date YEARS_AWAY = Date.from(Instant.parse("2035-01-01T00:00:00Z"));

    @Test
    void holdSelfSignedAuthoritiesThatAreValidForYears() throws Exception {
        Collection<X509Certificate> authorities = read();

        assertThat(authorities).hasSizeGreaterThan(80);
        for (X509Certificate authority : authorities) {
            assertThat(authority.getBasicConstraints()).as(authority.toString()).isNotNegative();
            authority.verify(authority.getPublicKey());
            authority.checkValidity(YEARS_AWAY);
        }
    }

    @Test
    void coverSeoul() throws Exception {
        assertThat(read())
                .extracting(authority -> authority.getSubjectX500Principal().getName())
                .anyMatch(name -> name.contains("CN=Amazon RDS ap-northeast-2 Root CA RSA2048 G1"))
                .anyMatch(name -> name.contains("CN=Amazon RDS ap-northeast-2 Root CA ECC384 G1"));
    }

    @Test
    void areUnpackedWhereADriverCanReadThem() throws Exception {
        try (InputStream packed = RdsAuthorities.open()) {
            assertThat(RdsAuthorities.file()).hasBinaryContent(packed.readAllBytes());
        }
        assertThat(RdsAuthorities.file()).isEqualTo(RdsAuthorities.file());
        assertThat(Files.size(RdsAuthorities.file())).isPositive();
    }

    @Test
    void areForAmazonsOwnNamesOnly() {
        assertThat(RdsAuthorities.cover("retail.abc123.ap-northeast-2.rds.amazonaws.com"))
                .isTrue();
        assertThat(RdsAuthorities.cover("retail.proxy-abc.ap-northeast-2.RDS.amazonaws.com"))
                .isTrue();
        assertThat(RdsAuthorities.cover("rds.amazonaws.com.example.org")).isFalse();
        assertThat(RdsAuthorities.cover("db.example.org")).isFalse();
    }

    private static Collection<X509Certificate> read() throws Exception {
        try (InputStream packed = RdsAuthorities.open()) {
            return CertificateFactory.getInstance("X.509").generateCertificates(packed).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }
}
