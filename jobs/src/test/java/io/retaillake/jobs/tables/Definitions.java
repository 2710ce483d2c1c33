package io.retaillake.jobs.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes definitions of tables into a folder, as a user does. */
final class Definitions {

    /** A table of two columns, by month, that adds up to silver's purchases. */
    static final String MONTHLY_YAML = """
            table: gold.monthly
            grain: {en: Sales of one month., ko: 월별 매출}
            inputs: [silver.purchases]
            scope: months
            month_column: month
            key: [month]
            partitions: [months(month)]
            columns:
              - {name: month, type: date, required: true, en: First day of the month., ko: 월}
              - {name: total_purchase_amount, type: "decimal(18,2)", required: true, en: Sum in KRW., ko: 합계}
              - {name: count_of_purchase, type: bigint, required: true, en: Number of lines., ko: 건수}
            adds_up_to: {table: silver.purchases, amount: total_purchase_amount, rows: count_of_purchase}
            """;

    static final String MONTHLY_SQL = """
            SELECT CAST(trunc(purchase_date, 'MM') AS date) AS month,
              CAST(sum(amount) AS decimal(18, 2)) AS total_purchase_amount,
              count(*) AS count_of_purchase
            FROM silver.purchases
            GROUP BY 1
            """;

    private final Path folder;

    Definitions(Path folder) {
        this.folder = folder;
    }

    String folder() {
        return folder.toString();
    }

    /** Writes a definition's two files. */
    void write(String name, String yaml, String sql) {
        write(name + ".yaml", yaml);
        write(name + ".sql", sql);
    }

    void write(String file, String text) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
