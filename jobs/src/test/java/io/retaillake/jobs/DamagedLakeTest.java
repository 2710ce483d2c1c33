package io.retaillake.jobs;

import static io.retaillake.common.contract.BronzeTables.CUSTOMER;
import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static io.retaillake.common.contract.GoldTables.SALES_BY_DATETIME;
import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.gold.SalesByDatetime;
import io.retaillake.jobs.ops.report.PublishReport;
import io.retaillake.jobs.ops.verify.VerifyRun;
import io.retaillake.jobs.silver.BuildPurchases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files of a lake that are gone, cut or exchanged between two jobs: whoever reads them publishes nothing, and says which file of
 * which table it was and what to do.
 */
class DamagedLakeTest extends OnDamagedLake {

    /** The damage for quick runs: it leaves a file that can be read, but not the one that was written. */
    private static final String QUICK = "EXCHANGED";

    @ParameterizedTest
    @EnumSource(value = FileDamage.class, names = QUICK)
    void namesTheFilesOfBronzeThatSilverCanNotBeBuiltFrom(FileDamage damage) throws IOException {
        assertSilverNamesBronze(damage);
    }

    @ParameterizedTest
    @EnumSource(value = FileDamage.class, mode = EnumSource.Mode.EXCLUDE, names = QUICK)
    @Tag("thorough")
    void namesTheFilesOfBronzeThatSilverCanNotBeBuiltFromHoweverItIsDamaged(FileDamage damage) throws IOException {
        assertSilverNamesBronze(damage);
    }

    private void assertSilverNamesBronze(FileDamage damage) throws IOException {
        Path file = damaged.dataFiles(PURCHASE).get(0);
        damage.to(file);

        damaged.assertIsReported(new BuildPurchases(), PURCHASE, file, "ExtractPurchases");
    }

    @ParameterizedTest
    @EnumSource(value = FileDamage.class, names = QUICK)
    void namesTheFilesOfSilverThatAMartCanNotBeBuiltFrom(FileDamage damage) throws IOException {
        assertAMartNamesSilver(damage);
    }

    @ParameterizedTest
    @EnumSource(value = FileDamage.class, mode = EnumSource.Mode.EXCLUDE, names = QUICK)
    @Tag("thorough")
    void namesTheFilesOfSilverThatAMartCanNotBeBuiltFromHoweverItIsDamaged(FileDamage damage) throws IOException {
        assertAMartNamesSilver(damage);
    }

    private void assertAMartNamesSilver(FileDamage damage) throws IOException {
        Path file = damaged.dataFiles(PURCHASES).get(0);
        damage.to(file);

        damaged.assertIsReported(new SalesByDatetime(), PURCHASES, file, "BuildPurchases");
    }

    @ParameterizedTest
    @EnumSource(value = FileDamage.class, names = QUICK)
    void doesNotSayThatARunReconcilesWhoseMartIsDamaged(FileDamage damage) throws IOException {
        assertVerifyRunNamesTheMart(damage);
    }

    @ParameterizedTest
    @EnumSource(value = FileDamage.class, mode = EnumSource.Mode.EXCLUDE, names = QUICK)
    @Tag("thorough")
    void doesNotSayThatARunReconcilesWhoseMartIsDamagedHoweverItIsDamaged(FileDamage damage) throws IOException {
        assertVerifyRunNamesTheMart(damage);
    }

    private void assertVerifyRunNamesTheMart(FileDamage damage) throws IOException {
        Path file = damaged.dataFiles(SALES_BY_DATETIME).get(0);
        damage.to(file);

        damaged.assertIsReported(new VerifyRun(), DamagedLake.RUN, SALES_BY_DATETIME, file, "SalesByDatetime");
    }

    @Test
    void doesNotShowADamagedMartInAReport() throws IOException {
        Path file = damaged.dataFiles(SALES_BY_DATETIME).get(0);
        FileDamage.EMPTIED.to(file);

        damaged.assertIsReported(new PublishReport(), SALES_BY_DATETIME, file, "SalesByDatetime");
    }

    @Test
    void findsEveryDamagedFileOfATableAtOnce() throws IOException {
        List<Path> files = damaged.dataFiles(PURCHASES);
        FileDamage.DELETED.to(files.get(0));
        FileDamage.EMPTIED.to(files.get(1));

        FailedJobException failure = damaged.lake().fail(new SalesByDatetime(), "again");

        assertThat(failure)
                .hasMessageContaining(files.get(0).getFileName() + " is gone")
                .hasMessageContaining(files.get(1).getFileName() + " has 0 bytes and was written with ");
    }

    @Test
    void isNotStoppedByADamageThatItDoesNotRead() throws IOException, FailedJobException {
        Path january = damaged.dataFiles(PURCHASES).stream()
                .filter(file -> file.toString().contains("purchase_month=1"))
                .findFirst()
                .orElseThrow();
        FileDamage.DELETED.to(january);

        damaged.lake().run(new SalesByDatetime(), "february", "--from", "2015-02", "--to", "2015-02");
    }

    @Test
    @Tag("faults")
    void isRepairedByANewRun() throws IOException, FailedJobException {
        List<String> before = damaged.sales();
        for (TableContract contract : List.of(PURCHASE, CUSTOMER, PURCHASES, SALES_BY_DATETIME)) {
            FileDamage.EMPTIED.to(damaged.dataFiles(contract).get(0));
        }

        damaged.makeAll("repair");

        damaged.lake().run(new VerifyRun(), "repair");
        assertThat(damaged.sales()).isEqualTo(before);
    }
}
