package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.CUSTOMER;
import static io.retaillake.common.contract.BronzeTables.PRODUCTS_INFO;
import static io.retaillake.common.contract.BronzeTables.ZIPCODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Texts that a source's three dimensions are given together, in every row and in one transaction, while they are read: in
 * every state of the source all three have the same one.
 */
final class DimensionVersions extends Changes {

    /** Of a source whose dimensions are empty; fills them with a first version. */
    DimensionVersions(TestSource source) throws SQLException {
        super(source);
        source.execute("""
                INSERT INTO {s}.customer SELECT 'C' || i, 'F', 'v0', '040' FROM generate_series(1, 1000) i;
                INSERT INTO {s}.products_info
                    SELECT 'A', 'D1', 'M1', 'S' || i, '과일', 'v0' FROM generate_series(1, 1000) i;
                INSERT INTO {s}.zipcode (zipcode, province_city, province_city_eng, short_zipcode)
                    SELECT '04000', '서울', 'v0', '040' FROM generate_series(1, 100) i
                """);
    }

    @Override
    String change(int number) {
        return String.format(Locale.ROOT, """
                UPDATE {s}.customer SET age_group = 'v%1$d';
                UPDATE {s}.products_info SET sub_category_desc = 'v%1$d';
                UPDATE {s}.zipcode SET province_city_eng = 'v%1$d'
                """, number);
    }

    @Override
    void assertOneStateIn(Lake lake) {
        List<String> versions = new ArrayList<>();
        versions.addAll(versionsOf(CUSTOMER, "age_group", 1000, lake));
        versions.addAll(versionsOf(PRODUCTS_INFO, "sub_category_desc", 1000, lake));
        versions.addAll(versionsOf(ZIPCODE, "province_city_eng", 100, lake));
        assertThat(versions).hasSize(3).doesNotContain("v0");
        assertThat(versions.stream().distinct()).as("versions of the source").hasSize(1);
    }

    private static List<String> versionsOf(TableContract contract, String column, int rows, Lake lake) {
        Dataset<Row> table = lake.spark().table(lake.identifier(contract));
        assertThat(table.count()).isEqualTo(rows);
        return table.select(column).distinct().collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
