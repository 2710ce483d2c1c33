package io.retaillake.jobs.bronze;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.source.SourceConnector;
import io.retaillake.common.source.SourceOptions;
import io.retaillake.common.source.SourceSecret;
import io.retaillake.common.source.SourceSettings;
import io.retaillake.source.ReaderRole;
import io.retaillake.source.SourceException;
import io.retaillake.source.SourceSchema;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Makes an empty database a source: its schema and tables, and the read-only role that extractions log in as. What is
 * there already is left. It logs in as a user who may create all that.
 */
@Command(name = "PrepareSource", description = "Creates the source's schema, tables and read-only role.")
public class PrepareSource implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(PrepareSource.class);

    @Mixin
    private SourceOptions sourceOptions;

    @Option(
            names = "--reader-secret",
            required = true,
            paramLabel = "<secret>",
            description = "Secret with username and password of the read-only role to create: an id or ARN in AWS "
                    + "Secrets Manager, or file:<path>.")
    private String readerSecret;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new PrepareSource(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        SourceSettings source = sourceOptions.settings(problems);
        return progress -> run(source, progress);
    }

    /**
     * Puts rows into the tables. They stay as they are here; whoever has data of his own loads it.
     *
     * @throws SQLException if the server refuses them
     */
    protected void fill(SourceConnector connector, String schema, Progress progress) throws SQLException {}

    private void run(SourceSettings source, Progress progress) {
        SourceConnector connector = new SourceConnector(source);
        SourceSecret admin = connector.secret();
        SourceSecret reader = new SourceConnector(source.withSecret(readerSecret, admin)).secret();
        if (reader.username().equals(admin.username())) {
            throw JobException.badArguments("--secret and --reader-secret name the same user " + admin.username()
                    + ".\nGive a --reader-secret with another user name; its role is created.");
        }
        try (Connection connection = connector.connect()) {
            progress.step("create the tables of schema " + source.schema(), 0, () -> 0);
            SourceSchema.Outcome tables = SourceSchema.create(connection, source.schema());
            LOG.info("Schema {}: {}", source.schema(), tables);
            fill(connector, source.schema(), progress);
            SourceSchema.Outcome role = ReaderRole.grant(
                    connection,
                    source.schema(),
                    reader.username(),
                    reader.password().toCharArray());
            LOG.info("Role {}: {}", reader.username(), role);
        } catch (SourceException e) {
            throw JobException.badArguments(e.getMessage());
        } catch (SQLException e) {
            throw JobException.outsideSystem(
                    "The source could not be prepared: " + e.getMessage() + "\nThe user " + admin.username()
                            + " must be allowed to create schemas and roles. A standby takes neither: prepare its primary.",
                    e);
        }
    }
}
