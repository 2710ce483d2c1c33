package io.retaillake.jobs.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.run.FailedJobException;
import org.junit.jupiter.api.Test;

/** Sources that refuse the extraction, which says why. */
class RefusedConnectionTest extends PurchaseExtraction {

    @Test
    void saysWhichPrivilegeIsMissing() throws Exception {
        source.execute("REVOKE SELECT ON {s}.purchase FROM " + source.reader());

        FailedJobException failure = fail("r1");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("may not read these tables").hasMessageContaining("purchase");
    }

    @Test
    void saysThatTheCredentialsAreRefused() throws Exception {
        String wrong = "wrong-" + source.password();
        source.writeSecret(wrong);

        FailedJobException failure = fail("r1");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("password authentication failed");
        assertThat(failure.getMessage()).doesNotContain(wrong);
    }

    @Test
    void saysThatTheServerCantBeReached() throws Exception {
        FailedJobException failure = fail("r1", "--source-port", "1");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("Check host and port");
    }

    @Test
    void refusesMoreConnectionsThanTheServerHas() throws Exception {
        source.addPurchases(1, 200_000);

        FailedJobException failure = fail("r1", "--read-parallelism", "1000");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("Give a --read-parallelism of at most");
    }
}
