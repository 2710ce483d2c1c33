package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.DataDictionary;
import io.retaillake.common.contract.Examples;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.registry.TableRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataDictionaryTest {

    private static final List<TableContract> TABLES = TableRegistry.load().contracts();

    @Test
    void isTheFileThatAnalystsRead() throws IOException {
        Path file = Path.of("../data/dictionary.md");
        if (Boolean.getBoolean("dictionary.write")) {
            Files.writeString(file, DataDictionary.markdown(TABLES));
        }
        assertThat(Files.readString(file))
                .as(
                        "data/dictionary.md is generated from the contracts: mvn test -pl cloudformation -am -Dtest=DataDictionaryTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Ddictionary.write=true")
                .isEqualTo(DataDictionary.markdown(TABLES));
    }

    @Test
    void usesOnlyTypesThatAthenaHas() {
        assertThat(TABLES)
                .flatExtracting(TableContract::columns)
                .extracting(column -> column.type().simpleString())
                .noneMatch(type -> type.equals("tinyint") || type.equals("smallint"));
    }

    @Test
    void describesEveryColumnInBothLanguages() {
        assertThat(TABLES)
                .flatExtracting(TableContract::columns)
                .allMatch(column ->
                        !column.meaning().isBlank() && !column.koreanMeaning().isBlank());
    }

    @Test
    void saysWhatNullStandsForWhereverItIsAllowed() {
        assertThat(TABLES)
                .flatExtracting(TableContract::columns)
                .filteredOn(Column::nullable)
                .allMatch(column -> column.meaning().contains("null"));
    }

    @Test
    void saysTheUnitOfEveryAmount() {
        assertThat(TABLES)
                .flatExtracting(TableContract::columns)
                .filteredOn(column -> column.name().contains("amount"))
                .allMatch(column -> column.meaning().contains("KRW")
                        && column.koreanMeaning().contains("원"));
    }

    @Test
    void givesAnExampleOfEveryColumn() {
        for (TableContract table : TABLES) {
            assertThat(table.columns())
                    .allMatch(column -> !Examples.of(table, column).isBlank());
        }
    }
}
