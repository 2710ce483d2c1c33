package io.retaillake.common.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import org.apache.spark.sql.jdbc.JdbcConnectionProvider;
import scala.collection.JavaConverters;
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
        return SourceSettings.isIn(JavaConverters.mapAsJavaMap(options));
    }

    @Override
    public Connection getConnection(Driver driver, Map<String, String> options) {
        return new SourceConnector(SourceSettings.fromOptions(JavaConverters.mapAsJavaMap(options))).reconnect();
    }

    @Override
    public boolean modifiesSecurityContext(Driver driver, Map<String, String> options) {
        return false;
    }
}
