package io.retaillake.common.lake;

import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * How the columns of a table differ from its contract's: what can be changed without touching a file, and what cannot.
 *
 * @param contract what the table should be
 * @param changes what makes the columns those of the contract
 * @param obstacles what no change of the schema can do
 */
record SchemaDifference(TableContract contract, List<Change> changes, List<Obstacle> obstacles) {

    /**
     * One change.
     *
     * @param what for a person, e.g. {@code add column channel string}
     * @param isNeededToWrite whether rows of the contract can't be written before it is made
     */
    record Change(String what, boolean isNeededToWrite, Consumer<UpdateSchema> step) {}

    /** What stands in the way. */
    enum Kind {
        /** The contract has a column, with a value in every row, that the table lacks. */
        REQUIRED_COLUMN_MISSING,
        /** The type is none that the table's values can be read as. */
        OTHER_TYPE,
        /** The contract wants a value in every row where the table's rows may have none. */
        MAY_BE_NULL,
        /** The contract does not have the table's column. */
        UNKNOWN_COLUMN,
        /** Files are divided by the column, whose type changed. */
        PARTITIONING
    }

    /**
     * One obstacle.
     *
     * @param column the table's column, or the contract's where the table has none
     * @param what what is wrong and what to do
     */
    record Obstacle(Kind kind, Types.NestedField column, String what) {

        @Override
        public String toString() {
            return "column " + describe(column) + " " + what;
        }
    }

    private static final String ANEW =
            "or make the table anew in another lake (--lake) or under another --namespace-prefix";

    /** The same of a table that is defined in SQL: it can be computed again. */
    static final String SQL_TABLE_ANEW =
            "or define a table of another name; or, where its versions may go, drop it and build it anew: bin/sql --write"
                    + " 'DROP TABLE … PURGE'";

    /**
     * Compares.
     *
     * @param hasRows whether a version of the table has rows; a table without any can have required columns added
     */
    static SchemaDifference of(TableContract contract, Schema table, boolean hasRows) {
        SchemaDifference difference = new SchemaDifference(contract, new ArrayList<>(), new ArrayList<>());
        Schema wanted = contract.icebergSchema();
        for (Column column : contract.columns()) {
            Types.NestedField is = table.findField(column.name());
            Types.NestedField shall = wanted.findField(column.name());
            if (is == null) {
                difference.add(shall, hasRows);
            } else {
                difference.changeType(is, shall);
                difference.changeNullability(is, shall, hasRows);
                difference.changeComment(is, shall);
            }
        }
        for (Types.NestedField column : table.columns()) {
            if (!contract.columnNames().contains(column.name())) {
                difference.obstacle(
                        Kind.UNKNOWN_COLUMN,
                        column,
                        contract.isDefinedInSql()
                                ? "is not in the definition. Put it back, " + SQL_TABLE_ANEW
                                : "is not in the contract: a newer version of this library or another tool has added it. Use the newer"
                                        + " job jar; or, where nobody reads it, drop it with ALTER TABLE ... DROP COLUMN in Spark SQL"
                                        + " or Athena");
            }
        }
        difference.order(table);
        return difference;
    }

    private String anew() {
        return contract.isDefinedInSql() ? SQL_TABLE_ANEW : ANEW;
    }

    private void add(Types.NestedField shall, boolean hasRows) {
        if (shall.isOptional()) {
            change(
                    "add column " + describe(shall),
                    true,
                    schema -> schema.addColumn(shall.name(), shall.type(), shall.doc()));
        } else if (!hasRows) {
            change(
                    "add required column " + describe(shall),
                    true,
                    schema -> schema.allowIncompatibleChanges()
                            .addRequiredColumn(shall.name(), shall.type(), shall.doc()));
        } else {
            obstacle(
                    Kind.REQUIRED_COLUMN_MISSING,
                    shall,
                    "is required, and the rows that there are have no value for it. Declare it optional in the contract, "
                            + anew());
        }
    }

    private void changeType(Types.NestedField is, Types.NestedField shall) {
        if (isSame(is.type(), shall.type())) {
            return;
        }
        String change = is.name() + " from " + is.type() + " to " + shall.type();
        if (!shall.type().isPrimitiveType()
                || !TypeUtil.isPromotionAllowed(is.type(), shall.type().asPrimitiveType())) {
            obstacle(
                    Kind.OTHER_TYPE,
                    is,
                    "can't become " + shall.type()
                            + ", as which its values can't be read. Let the contract add a column"
                            + " of the new type under another name, " + anew());
        } else if (contract.partitions().stream()
                .anyMatch(field -> field.column().equals(is.name()))) {
            obstacle(
                    Kind.PARTITIONING,
                    is,
                    "can't become " + shall.type()
                            + ", because files are divided by it. Leave its type in the contract, " + anew());
        } else {
            change(
                    "widen column " + change,
                    true,
                    schema -> schema.updateColumn(is.name(), shall.type().asPrimitiveType()));
        }
    }

    private void changeNullability(Types.NestedField is, Types.NestedField shall, boolean hasRows) {
        if (is.isRequired() && shall.isOptional()) {
            change("let column " + is.name() + " be null", true, schema -> schema.makeColumnOptional(is.name()));
        } else if (is.isOptional() && shall.isRequired() && !hasRows) {
            change(
                    "require a value in column " + is.name(),
                    false,
                    schema -> schema.allowIncompatibleChanges().requireColumn(is.name()));
        } else if (is.isOptional() && shall.isRequired()) {
            obstacle(
                    Kind.MAY_BE_NULL,
                    is,
                    "can't be required, because the rows that there are may have no value in it. Declare it optional in the"
                            + " contract, " + anew());
        }
    }

    private void changeComment(Types.NestedField is, Types.NestedField shall) {
        if (!Objects.equals(is.doc(), shall.doc())) {
            change(
                    "comment column " + is.name() + ": " + shall.doc(),
                    false,
                    schema -> schema.updateColumnDoc(is.name(), shall.doc()));
        }
    }

    private void order(Schema table) {
        List<String> names = contract.columnNames();
        List<String> order = new ArrayList<>(
                table.columns().stream().map(Types.NestedField::name).toList());
        names.stream().filter(name -> !order.contains(name)).forEach(order::add);
        order.retainAll(names);
        if (!order.equals(names)) {
            change("order the columns as " + String.join(", ", names), false, schema -> {
                schema.moveFirst(names.get(0));
                for (int i = 1; i < names.size(); i++) {
                    schema.moveAfter(names.get(i), names.get(i - 1));
                }
            });
        }
    }

    private void change(String what, boolean isNeededToWrite, Consumer<UpdateSchema> step) {
        changes.add(new Change(what, isNeededToWrite, step));
    }

    private void obstacle(Kind kind, Types.NestedField column, String what) {
        obstacles.add(new Obstacle(kind, column, what));
    }

    /** The changes without which no rows can be written. */
    List<Change> neededToWrite() {
        return changes.stream().filter(Change::isNeededToWrite).toList();
    }

    /** The columns of the obstacles of a kind. */
    List<Types.NestedField> columnsOf(Kind kind) {
        return obstacles.stream()
                .filter(obstacle -> obstacle.kind() == kind)
                .map(Obstacle::column)
                .toList();
    }

    /** A column's name and type. */
    static String describe(Types.NestedField column) {
        return column.name() + " " + column.type();
    }

    /** Whether they are the same but for the ids of what is nested in them. */
    private static boolean isSame(Type is, Type shall) {
        return is.toString().equals(shall.toString());
    }
}
