package io.retaillake.common.sales;

import static io.retaillake.common.contract.Column.optional;
import static io.retaillake.common.contract.Column.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.Lake;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mart whose columns were added, widened and renamed since its first files were written. */
class MartReaderTest {

    private static final TableContract OLDER = new TableContract(
            Layer.GOLD,
            "sales",
            "sales",
            "One row.",
            "한 줄",
            List.of(
                    required("place", DataTypes.StringType, "Place.", "장소"),
                    optional("hour", DataTypes.IntegerType, "Hour.", "시간"),
                    required("total_purchase_amount", DataTypes.createDecimalType(9, 2), "Amount.", "금액"),
                    required("count_of_purchase", DataTypes.IntegerType, "Purchases.", "건수")),
            List.of(),
            List.of(),
            Map.of());

    @TempDir
    private Path folder;

    private Lake lake;
    private Table table;
    private long olderSnapshotId;

    @BeforeEach
    void writeFilesOfTwoSchemas() throws Exception {
        lake = LocalLakes.open(folder);
        table = lake.findOrCreate(OLDER);
        lake.spark()
                .range(0, 40_000, 1, 1)
                .selectExpr(
                        "concat('가', id % 3) AS place",
                        "cast(if(id % 5 = 0, NULL, id % 24) AS int) AS hour",
                        "cast(id % 7000 AS decimal(9, 2)) AS total_purchase_amount",
                        "cast(id % 9000 AS int) AS count_of_purchase")
                .writeTo(lake.identifier(OLDER))
                .append();
        table.refresh();
        olderSnapshotId = table.currentSnapshot().snapshotId();
        table.updateSchema()
                .renameColumn("place", "city")
                .updateColumn("hour", Types.LongType.get())
                .updateColumn("total_purchase_amount", Types.DecimalType.of(KrwAmounts.TOTAL.precision(), 2))
                .updateColumn("count_of_purchase", Types.LongType.get())
                .addColumn("channel", Types.StringType.get())
                .moveFirst("channel")
                .commit();
        lake.spark()
                .sql("INSERT INTO " + lake.identifier(OLDER) + " VALUES "
                        + "('web', '가0', 5000000000, 1234567890.12, 6000000000), (NULL, '가1', 3, 0.01, 1)");
        table.refresh();
    }

    @Test
    void addsUpFilesOfOlderSchemasAsSparkDoes() throws Exception {
        SalesBy sales = read(table.currentSnapshot().snapshotId(), Expressions.alwaysTrue());

        assertThat(sales.by(List.of("channel", "city", "hour"))).isEqualTo(bySpark(""));
        assertThat(sales.by(List.of("hour")))
                .containsKey(List.of(5_000_000_000L))
                .containsKey(List.of(3L))
                .hasSize(26);
    }

    @Test
    void addsUpAnOlderSnapshotByTodaysColumns() throws Exception {
        Sales older = read(olderSnapshotId, Expressions.alwaysTrue()).total();

        assertThat(older.purchases())
                .isEqualTo(lake.spark()
                        .sql("SELECT sum(count_of_purchase) FROM " + lake.identifier(OLDER) + " VERSION AS OF "
                                + olderSnapshotId)
                        .first()
                        .getLong(0));
    }

    @Test
    void addsUpRowByRowWhereNotAllRowsOfAFileCount() throws Exception {
        SalesBy sales = read(table.currentSnapshot().snapshotId(), Expressions.lessThan("count_of_purchase", 100L));

        assertThat(sales.by(List.of("channel", "city", "hour"))).isEqualTo(bySpark("WHERE count_of_purchase < 100"));
    }

    @Test
    void namesTheColumnsThatAnOlderTableLacks() {
        assertThatThrownBy(() -> MartReader.read(
                        table,
                        table.currentSnapshot().snapshotId(),
                        Expressions.alwaysTrue(),
                        List.of("city", "grade", "promotion"),
                        MartReader.MEASURES,
                        new LongAdder()))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS))
                .hasMessageContainingAll("gold.sales does not have the columns grade, promotion", "Migrate");
    }

    private SalesBy read(long snapshotId, Expression rows) throws Exception {
        return MartReader.read(
                table, snapshotId, rows, List.of("channel", "city", "hour"), MartReader.MEASURES, new LongAdder());
    }

    private Map<List<Object>, Sales> bySpark(String where) {
        return lake
                .spark()
                .sql("SELECT channel, city, hour, sum(total_purchase_amount), sum(count_of_purchase) FROM "
                        + lake.identifier(OLDER) + " " + where + " GROUP BY channel, city, hour")
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(
                        row -> Arrays.asList(row.get(0), row.get(1), row.get(2)),
                        row -> new Sales(row.getDecimal(3).setScale(2), row.getLong(4))));
    }
}
