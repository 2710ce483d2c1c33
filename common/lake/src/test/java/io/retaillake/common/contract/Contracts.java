package io.retaillake.common.contract;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Contracts of other versions of the library. */
public final class Contracts {

    private Contracts() {}

    /** A contract with other columns, and so without a key. */
    public static TableContract withColumns(TableContract contract, List<Column> columns) {
        return new TableContract(
                contract.layer(),
                contract.name(),
                contract.folder(),
                contract.grain(),
                contract.koreanGrain(),
                columns,
                List.of(),
                contract.partitions(),
                contract.properties());
    }

    /** A contract with further columns, the last ones. */
    public static TableContract with(TableContract contract, Column... further) {
        return withColumns(
                contract,
                Stream.concat(contract.columns().stream(), Stream.of(further)).toList());
    }

    /** A contract without some columns. */
    public static TableContract without(TableContract contract, String... names) {
        return withColumns(
                contract,
                contract.columns().stream()
                        .filter(column -> !List.of(names).contains(column.name()))
                        .toList());
    }

    /** A contract one of whose columns is another. */
    public static TableContract changed(TableContract contract, String name, UnaryOperator<Column> change) {
        return withColumns(
                contract,
                contract.columns().stream()
                        .map(column -> column.name().equals(name) ? change.apply(column) : column)
                        .toList());
    }
}
