package io.retaillake.jobs.bronze;

import io.retaillake.common.job.JobException;
import io.retaillake.common.source.FreeConnections;
import io.retaillake.common.source.SourceRelation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * How a relation will be read.
 *
 * @param relation what is read
 * @param conditions SQL conditions, one for each task and connection, that together select each row once
 * @param reasonForOneConnection why there is only one; null where there are ranges
 * @param maxConnections the server's limit
 * @param freeConnections how many more the server would take from this user now
 */
record ExtractionPlan(
        SourceRelation relation,
        List<String> conditions,
        String reasonForOneConnection,
        int maxConnections,
        int freeConnections) {

    private static final long BYTES_PER_MIB = 1024 * 1024;

    static ExtractionPlan of(Connection connection, SourceRelation relation, int readParallelism) throws SQLException {
        String reason = relation.reasonForOneConnection().orElse(null);
        List<String> conditions = reason == null
                ? CtidRanges.split(new PageRange(0, relation.pages()), readParallelism)
                : List.of(CtidRanges.EVERYTHING);
        FreeConnections connections = FreeConnections.of(connection);
        return new ExtractionPlan(relation, conditions, reason, connections.most(), connections.free());
    }

    /** The conditions for the rows in {@code pages} only, as many as those for all. */
    List<String> conditionsIn(PageRange pages) {
        return reasonForOneConnection == null ? CtidRanges.split(pages, conditions.size()) : conditions;
    }

    /**
     * Makes sure that the server has room for every connection of the plan.
     *
     * @throws JobException exit code 4 when it has not
     */
    void requireFreeConnections() {
        if (conditions.size() > freeConnections) {
            throw JobException.outsideSystem(
                    "The source has room for " + freeConnections + " more connections of its " + maxConnections
                            + ", and this extraction may open " + conditions.size()
                            + ".\nGive a --read-parallelism of at most " + Math.max(1, freeConnections)
                            + ", or raise max_connections.",
                    null);
        }
    }

    /** The plan for a person to read. */
    String describe() {
        StringBuilder text = new StringBuilder();
        text.append("relation     ")
                .append(relation.schema())
                .append('.')
                .append(relation.name())
                .append(", a ");
        text.append(relation.kind())
                .append(" of ")
                .append(relation.sizeBytes() / BYTES_PER_MIB)
                .append(" MiB in ");
        text.append(relation.pages())
                .append(" pages, about ")
                .append(relation.estimatedRows())
                .append(" rows\n");
        text.append("key          ")
                .append(
                        relation.keyIsEnforced()
                                ? "enforced by the source\n"
                                : "not enforced by the source; silver looks for duplicates\n");
        text.append("connections  1 that holds the snapshot and at most ").append(conditions.size());
        text.append(" that read; the server allows ").append(maxConnections).append(" and has ");
        text.append(freeConnections).append(" free\n");
        if (reasonForOneConnection != null) {
            text.append("             one connection only: ")
                    .append(reasonForOneConnection)
                    .append('\n');
        }
        text.append("partitions   ").append(conditions.size()).append('\n');
        for (int i = 0; i < conditions.size(); i++) {
            text.append(String.format(Locale.ROOT, "  %3d        %s%n", i + 1, conditions.get(i)));
        }
        return text.toString();
    }
}
