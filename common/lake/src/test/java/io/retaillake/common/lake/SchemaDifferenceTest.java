package io.retaillake.common.lake;

import static io.retaillake.common.contract.Column.optional;
import static io.retaillake.common.contract.Column.required;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.PartitionField;
import io.retaillake.common.contract.TableContract;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class SchemaDifferenceTest {

    private static final Column ID = required("id", DataTypes.StringType, "Number.", "번호");
    private static final Column YEAR = required("year", DataTypes.IntegerType, "Year.", "연도");

    @Test
    void findsNothingBetweenATableAndTheContractThatItWasMadeBy() {
        for (TableContract contract : GoldTables.ALL) {
            SchemaDifference difference = SchemaDifference.of(contract, contract.icebergSchema(), true);
            assertThat(difference.changes()).as(contract.qualifiedName()).isEmpty();
            assertThat(difference.obstacles()).as(contract.qualifiedName()).isEmpty();
        }
    }

    @Test
    void listsWhatCanBeChangedAndWhichOfItWritersNeed() {
        TableContract older = contract(
                ID,
                YEAR,
                optional("count", DataTypes.IntegerType, "Count.", "수"),
                optional("share", DataTypes.FloatType, "Share.", "비율"),
                optional("amount", DataTypes.createDecimalType(15, 2), "Amount.", "금액"),
                required("name", DataTypes.StringType, "Name.", "이름"));
        TableContract newer = contract(
                ID,
                optional("channel", DataTypes.StringType, "Channel.", "경로"),
                YEAR,
                optional("count", DataTypes.LongType, "Count.", "수"),
                optional("share", DataTypes.DoubleType, "Share.", "비율"),
                optional("amount", DataTypes.createDecimalType(18, 2), "Amount in KRW.", "금액 (원)"),
                optional("name", DataTypes.StringType, "Name.", "이름"));

        SchemaDifference difference = SchemaDifference.of(newer, older.icebergSchema(), true);

        assertThat(difference.obstacles()).isEmpty();
        assertThat(difference.changes())
                .extracting(SchemaDifference.Change::what)
                .containsExactly(
                        "add column channel string",
                        "widen column count from int to long",
                        "widen column share from float to double",
                        "widen column amount from decimal(15, 2) to decimal(18, 2)",
                        "comment column amount: Amount in KRW. / 금액 (원)",
                        "let column name be null",
                        "order the columns as id, channel, year, count, share, amount, name");
        assertThat(difference.neededToWrite()).hasSize(5);
    }

    @Test
    void listsEverythingThatIcebergCanNotDo() {
        TableContract older = contract(
                ID,
                YEAR,
                optional("count", DataTypes.LongType, "Count.", "수"),
                optional("amount", DataTypes.createDecimalType(15, 2), "Amount.", "금액"),
                optional("name", DataTypes.StringType, "Name.", "이름"),
                optional("gone", DataTypes.StringType, "Gone.", "없음"));
        TableContract newer = contract(
                ID,
                required("year", DataTypes.LongType, "Year.", "연도"),
                optional("count", DataTypes.IntegerType, "Count.", "수"),
                optional("amount", DataTypes.createDecimalType(18, 3), "Amount.", "금액"),
                required("name", DataTypes.StringType, "Name.", "이름"),
                required("channel", DataTypes.StringType, "Channel.", "경로"));

        assertThat(SchemaDifference.of(newer, older.icebergSchema(), true).obstacles())
                .extracting(SchemaDifference.Obstacle::kind)
                .containsExactly(
                        SchemaDifference.Kind.PARTITIONING,
                        SchemaDifference.Kind.OTHER_TYPE,
                        SchemaDifference.Kind.OTHER_TYPE,
                        SchemaDifference.Kind.MAY_BE_NULL,
                        SchemaDifference.Kind.REQUIRED_COLUMN_MISSING,
                        SchemaDifference.Kind.UNKNOWN_COLUMN);
        assertThat(SchemaDifference.of(newer, older.icebergSchema(), false).changes())
                .as("where no rows are")
                .extracting(SchemaDifference.Change::what)
                .contains("add required column channel string", "require a value in column name");
    }

    private static TableContract contract(Column... columns) {
        return new TableContract(
                Layer.SILVER,
                "things",
                "things",
                "One thing.",
                "하나",
                List.of(columns),
                List.of(),
                List.of(PartitionField.identity("year")),
                Map.of());
    }
}
