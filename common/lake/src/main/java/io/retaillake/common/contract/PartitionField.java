package io.retaillake.common.contract;

import org.apache.iceberg.PartitionSpec;

/**
 * One field of a table's partitioning.
 *
 * @param column the column that it is derived from
 * @param transform how
 * @param isOptional whether a table may do without it, because it would divide the rows into too many small files
 */
public record PartitionField(String column, Transform transform, boolean isOptional) {

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
        return new PartitionField(column, Transform.IDENTITY, false);
    }

    /** The same where partitions are large enough for it. */
    public static PartitionField optionalIdentity(String column) {
        return new PartitionField(column, Transform.IDENTITY, true);
    }

    /** Partitions by the month that the column's date is in. */
    public static PartitionField month(String column) {
        return new PartitionField(column, Transform.MONTH, false);
    }

    /** Partitions by the day that the column's moment is in. */
    public static PartitionField day(String column) {
        return new PartitionField(column, Transform.DAY, false);
    }

    /** Partitions by the hour of UTC that the column's moment is in. */
    public static PartitionField hour(String column) {
        return new PartitionField(column, Transform.HOUR, false);
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
