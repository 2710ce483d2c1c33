package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.source.SourceCatalog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveredSchemaTest {

    private static final String STRING = "\"string\"";

    @Test
    void takesColumnsInAnyOrderFromARecordOfAnyName() {
        List<String> fields = fields("store_cd", STRING);
        Collections.reverse(fields);

        assertThat(DeliveredSchema.differences(record(fields))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"string\"",
                "[\"null\", \"string\"]",
                "[\"string\", \"null\"]",
                "[\"string\"]",
                "{\"type\": \"string\", \"logicalType\": \"uuid\"}",
                "{\"type\": \"string\", \"avro.java.string\": \"String\"}",
                "{\"type\": \"enum\", \"name\": \"Store\", \"symbols\": [\"S1\"]}"
            })
    void takesWhateverHoldsStrings(String type) {
        assertThat(DeliveredSchema.differences(record(fields("store_cd", type))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"bytes\" | binary",
                "\"null\" | void",
                "[\"null\", \"long\"] | bigint",
                "[\"null\", \"string\", \"long\"] | struct<member0:string,member1:bigint>",
                "{\"type\": \"int\", \"logicalType\": \"date\"} | date",
                "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"} | timestamp",
                "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 15, \"scale\": 2} | decimal(15,2)",
                "{\"type\": \"array\", \"items\": \"string\"} | array<string>"
            })
    void refusesWhatHoldsAnythingElse(String type, String read) {
        assertThat(DeliveredSchema.differences(record(fields("purchase_date", type))))
                .containsExactly("purchase_date: the contract has string, the files have " + read);
    }

    @Test
    void wantsNamesToTheLetter() {
        List<String> fields = fields("store_cd", STRING);
        fields.replaceAll(field -> field.replace("\"store_cd\"", "\"Store_CD\""));

        assertThat(DeliveredSchema.differences(record(fields)))
                .singleElement()
                .asString()
                .contains("store_cd: the column is missing; the files have [")
                .endsWith("Store_CD, purchase_date, purchase_time, amount], and names must be lower-case");
    }

    @Test
    void refusesTwoColumnsWhoseNamesDifferInCaseOnly() {
        List<String> fields = fields("store_cd", STRING);
        fields.add("{\"name\": \"AMOUNT\", \"type\": \"double\"}");

        assertThat(DeliveredSchema.differences(record(fields)))
                .containsExactly("amount: the files have AMOUNT besides, which differs in case only");
    }

    @Test
    void looksAtNoTypeOfAColumnThatTheContractDoesNotHave() {
        List<String> fields = fields("store_cd", STRING);
        fields.add("{\"name\": \"parent\", \"type\": [\"null\", \"Row\"]}");

        assertThat(DeliveredSchema.differences(record(fields))).isEmpty();
        assertThat(DeliveredSchema.furtherColumns(record(fields))).containsExactly("parent");
    }

    @Test
    void refusesAFileWithoutRecords() {
        assertThat(DeliveredSchema.differences(Schema.create(Schema.Type.STRING)))
                .containsExactly("it holds values of Avro's type string instead of records");
    }

    /** The contract's columns, this one with this type. */
    private static List<String> fields(String column, String type) {
        List<String> fields = new ArrayList<>();
        SourceCatalog.sourceColumns(PURCHASE)
                .forEach(declared -> fields.add("{\"name\": \"" + declared.name() + "\", \"type\": "
                        + (declared.name().equals(column)
                                ? type
                                : "\"" + declared.type().typeName() + "\"")
                        + "}"));
        return fields;
    }

    private static Schema record(List<String> fields) {
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"Row\", \"namespace\": \"com.example.dms\", \"fields\": ["
                        + String.join(", ", fields) + "]}");
    }
}
