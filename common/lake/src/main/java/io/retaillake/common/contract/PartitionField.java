package io.retaillake.common.contract;

import org.apache.iceberg.PartitionSpec;

/**
 * One field of a table's partitioning.
 *
 * @param column the column that it is derived from
 * @param transform how
 */
public record PartitionField(String column, Transform transform) {

    /** How a partition value is derived from a column. */
    public enum Transform {
        /** The value itself. */
        IDENTITY,
        /** The month of a date. */
        MONTH,
        /** The day of a moment: in UTC, of a time without a zone its own. */
        DAY,
        /** The hour of a moment, in UTC. */
        HOUR
    }

    /** Partitions by the column's value. */
    public static PartitionField identity(String column) {
        return new PartitionField(column, Transform.IDENTITY);
    }

    /** Partitions by the month that the column's date is in. */
    public static PartitionField month(String column) {
        return new PartitionField(column, Transform.MONTH);
    }

    /** Partitions by the day that the column's moment is in. */
    public static PartitionField day(String column) {
        return new PartitionField(column, Transform.DAY);
    }

    /** Partitions by the hour of UTC that the column's moment is in. */
    public static PartitionField hour(String column) {
        return new PartitionField(column, Transform.HOUR);
    }

    void addTo(PartitionSpec.Builder spec) {
        switch (transform) {
            case IDENTITY -> spec.identity(column);
            case MONTH -> spec.month(column);
            case DAY -> spec.day(column);
            case HOUR -> spec.hour(column);
        }
    }

    @Override
    public String toString() {
        return switch (transform) {
            case IDENTITY -> column;
            case MONTH -> "months(" + column + ")";
            case DAY -> "days(" + column + ")";
            case HOUR -> "hours(" + column + ")";
        };
    }
}
