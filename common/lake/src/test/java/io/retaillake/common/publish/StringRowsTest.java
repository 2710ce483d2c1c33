package io.retaillake.common.publish;

import static io.retaillake.common.contract.BronzeTables.CUSTOMER;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.lake.Lake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StringRowsTest {

    private static final StringRows ROWS = new StringRows(
            CUSTOMER,
            List.of(
                    List.of("00001", "F", "30세~34세", "010"),
                    Arrays.asList("00002", "M", "", null),
                    List.of("00001", "M", "60세이상", "300")));

    @TempDir
    private Path folder;

    @Test
    void readsATableFingerprintsItAsSparkHashesItAndNamesTheKeysOfSeveralRows() throws Exception {
        Lake lake = LocalLakes.open(folder);
        Table table = lake.findOrCreate(CUSTOMER);
        ROWS.frame(lake.spark()).writeTo(lake.identifier(CUSTOMER)).append();
        table.refresh();

        StringTable stored =
                new StringTable(CUSTOMER, table, table.currentSnapshot().snapshotId());
        List<List<String>> scanned = new ArrayList<>();
        DimensionScan scan = DimensionScan.of(stored, scanned::add);
        StringRows read = stored.rows();

        assertThat(stored.expectedRows()).isEqualTo(3);
        assertThat(scanned).isEqualTo(read.rows());
        assertThat(read.rows()).containsExactlyInAnyOrderElementsOf(ROWS.rows());
        Column[] columns =
                CUSTOMER.columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
        long hashBySpark =
                ROWS.frame(lake.spark()).agg(sum(xxhash64(columns))).head().getLong(0);
        assertThat(Fingerprint.of(read)).isEqualTo(new Fingerprint(3, hashBySpark));
        assertThat(scan.fingerprint()).isEqualTo(Fingerprint.of(read));
        assertThat(scan.repeatedKeys()).isEqualTo(Map.of(List.of("00001"), 2L));
    }

    @Test
    void selectsColumns() {
        assertThat(ROWS.select(List.of("residence", "sex")))
                .containsExactly(List.of("010", "F"), Arrays.asList(null, "M"), List.of("300", "M"));
    }
}
