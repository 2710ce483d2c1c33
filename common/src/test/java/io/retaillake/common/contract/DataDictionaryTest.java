package io.retaillake.common.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DataDictionaryTest {

    @Test
    void isTheFileThatAnalystsRead() throws IOException {
        assertThat(Files.readString(Path.of("../data/dictionary.md")))
                .as("data/dictionary.md is generated from the contracts; see the README's section on tables")
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
}
