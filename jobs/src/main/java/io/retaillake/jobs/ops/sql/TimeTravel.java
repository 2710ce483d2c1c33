package io.retaillake.jobs.ops.sql;

import io.retaillake.common.job.JobException;
import io.retaillake.common.sql.PlanParts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.RelationTimeTravel;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Says which versions there are of the tables that a statement reads AS OF one that there is not. */
final class TimeTravel {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final String NOT_FOUND = "Cannot find";
    private static final int MOST_TAGS = 20;

    private TimeTravel() {}

    /** What a person is told where {@code failure} is about a version that was not found; else empty. */
    static Optional<JobException> explain(SparkSession spark, LogicalPlan plan, Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (!message.startsWith(NOT_FOUND)) {
            return Optional.empty();
        }
        String versions = PlanParts.of(plan, part -> part).stream()
                .filter(RelationTimeTravel.class::isInstance)
                .map(part -> missing(spark, (RelationTimeTravel) part))
                .flatMap(Optional::stream)
                .distinct()
                .collect(Collectors.joining("\n"));
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(JobException.badArguments(message + "\n" + versions));
    }

    private static Optional<String> missing(SparkSession spark, RelationTimeTravel read) {
        if (!(read.relation() instanceof UnresolvedRelation relation)) {
            return Optional.empty();
        }
        Table table;
        try {
            table = Spark3Util.loadIcebergTable(spark, quoted(relation));
        } catch (NoSuchTableException | AnalysisException e) {
            return Optional.empty();
        }
        String name = String.join(".", PlanParts.name(relation.multipartIdentifier()));
        if (read.version().isEmpty()) {
            return Optional.of(firstVersion(spark, name, table));
        }
        String version = read.version().get();
        boolean exists = table.refs().containsKey(version) || isSnapshot(table, version);
        return exists ? Optional.empty() : Optional.of(references(name, version, table));
    }

    private static boolean isSnapshot(Table table, String version) {
        return version.matches("[0-9]{1,18}") && table.snapshot(Long.parseLong(version)) != null;
    }

    private static String references(String name, String version, Table table) {
        List<String> all = table.refs().keySet().stream().sorted().toList();
        String shown = all.stream().limit(MOST_TAGS).collect(Collectors.joining(", "));
        return "There is no version '" + version + "' of " + name + ". Its tags and branches: " + shown
                + (all.size() > MOST_TAGS ? ", …" : "") + ".\nSELECT * FROM " + name
                + ".refs lists them with their snapshots, "
                + name + ".snapshots the snapshots with their times.";
    }

    private static String firstVersion(SparkSession spark, String name, Table table) {
        ZoneId zone = ZoneId.of(spark.conf().get("spark.sql.session.timeZone"));
        String first = table.history().stream()
                .map(HistoryEntry::timestampMillis)
                .min(Comparator.naturalOrder())
                .map(millis -> "The first version of " + name + " that is kept is of "
                        + TIME.format(Instant.ofEpochMilli(millis).atZone(zone)))
                .orElse("There is no version of " + name);
        return first + "; times are read in " + zone + ".";
    }

    private static String quoted(UnresolvedRelation relation) {
        return PlanParts.name(relation.multipartIdentifier()).stream()
                .map(part -> "`" + part.replace("`", "``") + "`")
                .collect(Collectors.joining("."));
    }
}
