package io.retaillake.source;

import static io.retaillake.source.TestDatabase.number;
import static io.retaillake.source.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class SourceSchemaTest {

    @Test
    void commentsEveryTableAndColumnInKorean() throws SQLException {
        create("commented");

        assertThat(number("SELECT count(*) FROM pg_description d JOIN pg_class c ON c.oid = d.objoid"
                        + " WHERE d.classoid = 'pg_class'::regclass AND c.relnamespace = 'commented'::regnamespace"
                        + " AND d.description ~ '[가-힣]'"))
                .isEqualTo(4 + 4 + 6 + 10 + 10);
        assertThat(text("SELECT obj_description('commented.purchase'::regclass)"))
                .isEqualTo("구매 데이터");
    }

    @Test
    void givesColumnsTheSourcesTypesAndNullRules() throws SQLException {
        create("typed");

        assertThat(text("SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod)"
                        + " || CASE WHEN attnotnull THEN '!' ELSE '' END, ', ' ORDER BY attnum) FROM pg_attribute"
                        + " WHERE attrelid = 'typed.purchase'::regclass AND attnum > 0"))
                .isEqualTo("affiliate character varying(5)!, receipt_no character varying(20)!,"
                        + " division_cd character varying(10)!, main_category_cd character varying(10)!,"
                        + " sub_category_cd character varying(30)!, customer_id character varying(10),"
                        + " store_cd character varying(10), purchase_date character varying(10),"
                        + " purchase_time character varying(5), amount double precision");
        for (SourceTable table : SourceTable.values()) {
            assertThat(text("SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE attnum > 0"
                            + " AND attrelid = 'typed." + table.tableName() + "'::regclass"))
                    .isEqualTo(String.join(" ", table.columns()));
        }
    }

    @Test
    void findsItsOwnTablesOnTheSecondTime() throws SQLException {
        assertThat(create("repeated")).isEqualTo(SourceSchema.Outcome.CREATED);
        assertThat(create("repeated")).isEqualTo(SourceSchema.Outcome.ALREADY_THERE);
        assertThat(number("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'expected%'"))
                .isZero();
    }

    @Test
    void namesEveryDifferenceThatIsInTheWay() throws SQLException {
        create("changed");
        TestDatabase.execute("ALTER TABLE changed.purchase ALTER amount TYPE numeric(15,2), ADD note text");
        TestDatabase.execute("DROP TABLE changed.zipcode");

        assertThatThrownBy(() -> create("changed"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("schema 'changed'")
                .hasMessageContaining("lacks the column amount double precision")
                .hasMessageContaining("has the column amount numeric(15,2)")
                .hasMessageContaining("has the column note text")
                .hasMessageContaining("table zipcode is missing")
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    void takesAnyNameAsANameOnly() throws SQLException {
        String name = "odd\"; DROP SCHEMA typed; --";

        create(name);

        assertThat(number("SELECT count(*) FROM pg_tables WHERE schemaname = 'odd\"; DROP SCHEMA typed; --'"))
                .isEqualTo(4);
    }

    @Test
    void letsTheReaderReadAndNothingElse() throws SQLException {
        create("readable");
        grant("readable", "reader one", "first password");

        try (Connection reader = TestDatabase.SERVER.connect("reader one", "first password");
                Statement statement = reader.createStatement()) {
            for (SourceTable table : SourceTable.values()) {
                statement.executeQuery("TABLE " + table.in("readable")).close();
            }
            assertThatThrownBy(() -> statement.execute("DELETE FROM readable.customer"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("CREATE TABLE readable.mine ()"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void givesAnExistingReaderTheNewPassword() throws SQLException {
        create("rotated");
        assertThat(grant("rotated", "rotated_reader", "old")).isEqualTo(SourceSchema.Outcome.CREATED);
        assertThat(grant("rotated", "rotated_reader", "new")).isEqualTo(SourceSchema.Outcome.ALREADY_THERE);

        TestDatabase.SERVER.connect("rotated_reader", "new").close();
        assertThatThrownBy(() -> TestDatabase.SERVER.connect("rotated_reader", "old"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void refusesToMakeTheAdministratorAReader() throws SQLException {
        create("guarded");

        assertThatThrownBy(() -> grant("guarded", "postgres", "changed"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("'postgres'")
                .hasMessageContaining("is a superuser");
        TestDatabase.SERVER.connect().close();
    }

    @Test
    void sendsAVerifierInsteadOfThePassword() throws SQLException {
        create("logged");
        TestDatabase.execute("CREATE EXTENSION IF NOT EXISTS pgcrypto");
        grant("logged", "logged_reader", "hunter2hunter2");

        assertThat(text("SELECT rolpassword FROM pg_authid WHERE rolname = 'logged_reader'"))
                .startsWith("SCRAM-SHA-256$")
                .doesNotContain("hunter2");
    }

    private static SourceSchema.Outcome create(String schema) throws SQLException {
        try (Connection connection = TestDatabase.SERVER.connect()) {
            return SourceSchema.create(connection, schema);
        }
    }

    private static SourceSchema.Outcome grant(String schema, String role, String password) throws SQLException {
        try (Connection connection = TestDatabase.SERVER.connect()) {
            return ReaderRole.grant(connection, schema, role, password.toCharArray());
        }
    }
}
