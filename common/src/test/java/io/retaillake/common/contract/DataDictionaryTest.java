package io.retaillake.common.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DataDictionaryTest {

    @Test
    void isTheFileThatAnalystsRead() throws IOException {
        Path file = Path.of("../data/dictionary.md");
        if (Boolean.getBoolean("dictionary.write")) {
            Files.writeString(file, DataDictionary.markdown());
        }
        assertThat(Files.readString(file))
                .as("data/dictionary.md is generated from the contracts: mvn test -pl common -Dtest=DataDictionaryTest"
                        + " -Ddictionary.write=true")
                .isEqualTo(DataDictionary.markdown());
    }

    @Test
    void usesOnlyTypesThatAthenaHas() {
        assertThat(DataDictionary.TABLES)
                .flatExtracting(TableContract::columns)
                .extracting(column -> column.type().simpleString())
                .noneMatch(type -> type.equals("tinyint") || type.equals("smallint"));
    }

    @Test
    void describesEveryColumnInBothLanguages() {
        assertThat(DataDictionary.TABLES)
                .flatExtracting(TableContract::columns)
                .allMatch(column ->
                        !column.meaning().isBlank() && !column.koreanMeaning().isBlank());
    }

    @Test
    void saysWhatNullStandsForWhereverItIsAllowed() {
        assertThat(DataDictionary.TABLES)
                .flatExtracting(TableContract::columns)
                .filteredOn(Column::nullable)
                .allMatch(column -> column.meaning().contains("null"));
    }

    @Test
    void saysTheUnitOfEveryAmount() {
        assertThat(DataDictionary.TABLES)
                .flatExtracting(TableContract::columns)
                .filteredOn(column -> column.name().contains("amount"))
                .allMatch(column -> column.meaning().contains("KRW")
                        && column.koreanMeaning().contains("원"));
    }

    @Test
    void givesAnExampleOfEveryColumn() {
        for (TableContract table : DataDictionary.TABLES) {
            assertThat(table.columns())
                    .allMatch(column -> !Examples.of(table, column).isBlank());
        }
    }
}
