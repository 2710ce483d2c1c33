package io.retaillake.jobs.columns;

import java.util.List;

/**
 * A column that a test adds to the source and to the mappings.
 *
 * @param name its name in the source
 * @param sourceType its type there
 * @param mapping the line of {@code SourceColumns} that takes it
 * @param text SQL for the text by which a value of it ({@code %s}) is compared
 * @param values SQL literals: of a row of greatest values, one of least, one of nulls, and two of awkward ones
 */
record AddedColumn(String name, String sourceType, String mapping, String text, List<String> values) {

    private static final String PLAIN = "%s::text";

    /** One of each type. */
    static final List<AddedColumn> ALL = List.of(
            of(
                    "price",
                    "numeric(38,18)",
                    "SourceType.numeric(38, 18)",
                    PLAIN,
                    "99999999999999999999.999999999999999999",
                    "-99999999999999999999.999999999999999999",
                    "-0.00",
                    "10000.000000000000000001"),
            of("rate", "numeric(5,2)", "SourceType.numeric(5, 2)", PLAIN, "999.99", "-999.99", "0.00", "0.10"),
            of(
                    "units",
                    "numeric(18,0)",
                    "SourceType.numeric(18, 0)",
                    PLAIN,
                    "999999999999999999",
                    "-999999999999999999",
                    "0",
                    "10000"),
            of(
                    "measure",
                    "numeric",
                    "SourceType.numeric(20, 5)",
                    "%s::numeric(20,5)::text",
                    "999999999999999.99999",
                    "-0.00001",
                    "100000000",
                    "1.50000000000"),
            of(
                    "sold_on",
                    "date",
                    "SourceType.DATE",
                    PLAIN,
                    "'9999-12-31'",
                    "'0001-01-01'",
                    "'1582-10-10'",
                    "'1900-02-28'"),
            of(
                    "sold_at",
                    "timestamp",
                    "SourceType.TIMESTAMP",
                    "to_char(%s, 'YYYY-MM-DD HH24:MI:SS.US')",
                    "'9999-12-31 23:59:59.999999'",
                    "'0001-01-01 00:00:00'",
                    "'1969-12-31 23:59:59.999999'",
                    "'2015-03-29 02:30:00.000001'"),
            of(
                    "shipped_at",
                    "timestamptz",
                    "SourceType.TIMESTAMP_WITH_TIME_ZONE",
                    "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
                    "'9999-12-31 23:59:59.999999+00'",
                    "'0001-01-01 00:00:00+00'",
                    "'2015-03-29 02:30:00.5 Europe/Berlin'",
                    "'1900-01-01 00:00:00.000001+05:45'"),
            of(
                    "clicks",
                    "bigint",
                    "SourceType.BIGINT",
                    PLAIN,
                    "9223372036854775807",
                    "-9223372036854775808",
                    "0",
                    "-1"),
            of("visits", "integer", "SourceType.INTEGER", PLAIN, "2147483647", "-2147483648", "0", "300"),
            of("floor", "smallint", "SourceType.SMALLINT", PLAIN, "32767", "-32768", "0", "-2"),
            of("is_gift", "boolean", "SourceType.BOOLEAN", PLAIN, "true", "false", "true", "false"),
            of(
                    "order_id",
                    "uuid",
                    "SourceType.UUID",
                    PLAIN,
                    "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
                    "'00000000-0000-0000-0000-000000000000'",
                    "'3F2504E0-4F89-41D3-9A0C-0305E82C3301'",
                    "'80000000-0000-0000-7fff-000000000001'"),
            of("note", "text", "SourceType.TEXT", PLAIN, "repeat('한', 500)", "''", "E'a\\n\\t|'", "' '"),
            of("Label Name", "varchar(20)", "SourceType.varchar(20)", PLAIN, "'zz'", "'A'", "'\"'", "'x'"),
            of(
                    "weight",
                    "double precision",
                    "SourceType.DOUBLE",
                    PLAIN,
                    "1.7976931348623157e308",
                    "'-Infinity'",
                    "'NaN'",
                    "'-0'"));

    private static AddedColumn of(
            String name,
            String sourceType,
            String type,
            String text,
            String most,
            String least,
            String one,
            String two) {
        String line = "optional(\"" + name + "\", " + type + ", \"Added; null where unknown.\", \"추가\")"
                + (name.contains(" ") ? ".as(\"label_name\")" : "")
                + (type.contains("TEXT") || type.contains("varchar") ? ".example(\"x\")" : "");
        return new AddedColumn(name, sourceType, line, text, List.of(most, least, "NULL", one, two));
    }

    /** Its name in the lake. */
    String lakeName() {
        return name.contains(" ") ? "label_name" : name;
    }

    String quoted() {
        return '"' + name + '"';
    }
}
