package io.retaillake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.registry.TableRegistry;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who looks at a table in Spark sees the dictionary's descriptions. */
class CatalogCommentsTest {

    @TempDir
    private Path folder;

    @Test
    void sparkDescribesEveryColumnAsTheDictionaryDoes() {
        Lake lake = LocalLakes.open(folder);
        for (TableContract table : TableRegistry.load().contracts()) {
            lake.findOrCreate(table);
            List<Row> described = lake.spark()
                    .sql("DESCRIBE TABLE EXTENDED " + lake.identifier(table))
                    .collectAsList();
            assertThat(described.subList(0, table.columns().size()))
                    .as(table.qualifiedName())
                    .extracting(row -> row.getString(0) + " " + row.getString(1) + " " + row.getString(2))
                    .containsExactlyElementsOf(table.columns().stream()
                            .map(column -> column.name() + " " + column.type().simpleString() + " " + column.comment())
                            .toList());
            assertThat(described)
                    .filteredOn(row -> row.getString(0).equals("Comment"))
                    .extracting(row -> row.getString(1))
                    .containsExactly(table.grain() + " / " + table.koreanGrain());
        }
    }
}
