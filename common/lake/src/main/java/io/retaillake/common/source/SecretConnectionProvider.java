package io.retaillake.common.source;

import io.retaillake.common.job.JobException;
import io.retaillake.common.spark.ScalaCollections;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.spark.sql.jdbc.JdbcConnectionProvider;
import scala.collection.immutable.Map;

/**
 * Lets Spark's JDBC reader connect without credentials among its options: driver and executors fetch the secret that the
 * options name. Spark finds it as a service.
 */
public final class SecretConnectionProvider extends JdbcConnectionProvider {

    /** What Spark's option {@code connectionProvider} selects it by. */
    public static final String NAME = "retail-lake-secret";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean canHandle(Driver driver, Map<String, String> options) {
        return SourceSettings.isIn(ScalaCollections.map(options));
    }

    /**
     * A connection that waits for a lock no longer than 5 seconds: Spark looks up a table's columns before it executes its
     * option {@code sessionInitStatement}, and would wait there, without end, for a session that itself waits for the
     * extraction's end.
     */
    @Override
    public Connection getConnection(Driver driver, Map<String, String> options) {
        Connection connection =
                new SourceConnector(SourceSettings.fromOptions(ScalaCollections.map(options))).reconnect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '5s'");
            return connection;
        } catch (SQLException e) {
            try {
                connection.close();
            } catch (SQLException closing) {
                e.addSuppressed(closing);
            }
            throw JobException.outsideSystem("The source failed when it was connected to: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean modifiesSecurityContext(Driver driver, Map<String, String> options) {
        return false;
    }
}
