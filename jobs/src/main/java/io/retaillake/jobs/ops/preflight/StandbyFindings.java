package io.retaillake.jobs.ops.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What an extraction has to expect of a source that is a standby: to be cancelled for what it replays. */
final class StandbyFindings {

    private static final String QUERY = """
            SELECT pg_is_in_recovery(),
                   current_setting('hot_standby_feedback'),
                   current_setting('max_standby_streaming_delay'),
                   current_setting('max_standby_archive_delay'),
                   CASE WHEN pg_is_in_recovery()
                        THEN coalesce(pg_last_xact_replay_timestamp()::timestamptz(0)::text, 'a time that it does not know')
                        END
            """;

    private StandbyFindings() {}

    /** Notes the settings that decide it; finds nothing where the source is no standby. */
    static void find(Connection connection, Findings findings) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            if (!row.getBoolean(1)) {
                return;
            }
            findings.note(
                    "standby",
                    "the source is a standby, and has replayed what its primary did until " + row.getString(5)
                            + "; hot_standby_feedback is " + row.getString(2) + ", max_standby_streaming_delay "
                            + row.getString(3) + ", max_standby_archive_delay " + row.getString(4)
                            + ".\nA reader that is longer in the way of replaying than these delays is cancelled. Let"
                            + " them be longer than an extraction takes, and set hot_standby_feedback = on, which keeps"
                            + " row versions but does not hold back TRUNCATE, ALTER TABLE or VACUUM FULL; or extract"
                            + " from the primary.");
        }
    }
}
