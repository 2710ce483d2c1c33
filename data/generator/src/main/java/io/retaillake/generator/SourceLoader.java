package io.retaillake.generator;

import io.retaillake.source.SourceException;
import io.retaillake.source.SourceSchema;
import io.retaillake.source.SourceTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Fills the source's empty tables with generated data: {@code COPY} over several connections, then keys, then statistics.
 * Each connection copies in one transaction; if one fails, the tables are emptied again.
 */
public final class SourceLoader {

    /** Sent to the server at once, at least. */
    private static final int SEND_BYTES = 1 << 18;

    /** SQLStates of a table and of a schema that do not exist. */
    private static final Set<String> MISSING = Set.of("42P01", "3F000");

    /** A day after the last one, which tells every connection to give up. */
    private static final int FAILED = Integer.MAX_VALUE / 2;

    private final DatabaseConnections connections;
    private final String schema;
    private final PurchaseGenerator generator;
    private final GeneratorOptions options;
    private final LongAdder rowsDone = new LongAdder();
    private final AtomicInteger nextDay = new AtomicInteger();
    private final AtomicReference<Exception> firstFailure = new AtomicReference<>();

    private SourceLoader(DatabaseConnections connections, String schema, GeneratorOptions options) {
        this.connections = connections;
        this.schema = schema;
        this.options = options;
        this.generator = new PurchaseGenerator(options);
    }

    /**
     * Fills the four tables, which {@link SourceSchema#createTables} has made and which are empty.
     *
     * @param parallelism connections that copy purchases; the rows are the same for any number
     * @throws SourceException if a table is missing or holds rows, or the load was interrupted
     */
    public static LoadResult load(
            DatabaseConnections connections,
            String schema,
            GeneratorOptions options,
            int parallelism,
            LoadProgress progress)
            throws SQLException {
        if (parallelism < 1 || parallelism > 64) {
            throw new IllegalArgumentException("The load's parallelism must be 1 to 64, not " + parallelism + ".");
        }
        try (Connection connection = connections.open()) {
            refuseRows(connection, schema);
            SourceSchema.dropConstraints(connection, schema);
            SourceLoader loader = new SourceLoader(connections, schema, options);
            long started = System.nanoTime();
            try {
                progress.step("copying");
                loader.copyDimensions(connection);
                loader.copyPurchases(parallelism, progress);
            } catch (SQLException | RuntimeException e) {
                loader.emptyTables(connection, e);
                throw e;
            }
            long copied = System.nanoTime();
            execute(connection, "SET maintenance_work_mem = '1GB'");
            SourceSchema.addConstraints(connection, schema, name -> progress.step("adding " + name));
            long constrained = System.nanoTime();
            progress.step("gathering statistics");
            for (SourceTable table : SourceTable.values()) {
                execute(connection, "VACUUM (FREEZE, ANALYZE) " + table.in(schema));
            }
            execute(connection, "RESET maintenance_work_mem");
            return new LoadResult(
                    loader.rowsDone.sum(),
                    seconds(started, copied),
                    seconds(copied, constrained),
                    seconds(constrained, System.nanoTime()));
        }
    }

    private static void refuseRows(Connection connection, String schema) throws SQLException {
        List<String> filled = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (SourceTable table : SourceTable.values()) {
                try (ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT FROM " + table.in(schema) + ")")) {
                    row.next();
                    if (row.getBoolean(1)) {
                        filled.add(table.tableName());
                    }
                }
            }
        } catch (SQLException e) {
            if (MISSING.contains(e.getSQLState())) {
                throw new SourceException(
                        "The schema '" + schema + "' lacks a table of the source: " + e.getMessage()
                                + ". Create the tables first.",
                        e);
            }
            throw e;
        }
        if (!filled.isEmpty()) {
            throw new SourceException("Generated data goes into empty tables only, but in the schema '" + schema
                    + "' these hold rows: " + String.join(", ", filled)
                    + ". Name a schema that does not exist yet, or drop this one. Nothing was changed.");
        }
    }

    private void copyDimensions(Connection connection) throws SQLException {
        CopyText out = new CopyText();
        Customers.write(options.seed(), out);
        copy(connection, SourceTable.CUSTOMER, out);
        Product.write(out);
        copy(connection, SourceTable.PRODUCTS_INFO, out);
        Zipcodes.write(out);
        copy(connection, SourceTable.ZIPCODE, out);
    }

    private void copy(Connection connection, SourceTable table, CopyText rows) throws SQLException {
        CopyIn copy = copyIn(connection, table);
        copy.writeToCopy(rows.bytes(), 0, rows.length());
        copy.endCopy();
        rows.clear();
    }

    private void copyPurchases(int parallelism, LoadProgress progress) throws SQLException {
        ExecutorService executor = Executors.newFixedThreadPool(parallelism);
        try {
            List<Future<?>> copies = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                copies.add(executor.submit(() -> {
                    copyDays();
                    return null;
                }));
            }
            for (Future<?> copy : copies) {
                await(copy, progress);
            }
            progress.rows(rowsDone.sum(), options.purchaseRows());
        } finally {
            // Whoever still copies sees no further day and rolls back.
            nextDay.set(FAILED);
            executor.shutdown();
            awaitEnd(executor);
        }
    }

    /** Takes the next day until none is left: days arrive nearly in order, whatever the number of connections. */
    private void copyDays() throws SQLException {
        try (Connection connection = connections.open()) {
            CopyIn copy = copyIn(connection, SourceTable.PURCHASE);
            try {
                CopyText out = new CopyText();
                long unreported = 0;
                int day = nextDay.getAndIncrement();
                while (day < SalesCalendar.DAYS) {
                    generator.writeDay(day, out);
                    unreported += generator.rowsOn(day);
                    day = nextDay.getAndIncrement();
                    if (out.length() >= SEND_BYTES || day >= SalesCalendar.DAYS) {
                        copy.writeToCopy(out.bytes(), 0, out.length());
                        out.clear();
                        rowsDone.add(unreported);
                        unreported = 0;
                    }
                }
                if (day >= FAILED) {
                    throw new SQLException("Another connection of the load failed.");
                }
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException | RuntimeException e) {
            firstFailure.compareAndSet(null, e);
            nextDay.set(FAILED);
            throw e;
        }
    }

    private CopyIn copyIn(Connection connection, SourceTable table) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copyStatement(schema));
    }

    private void await(Future<?> copy, LoadProgress progress) throws SQLException {
        while (true) {
            try {
                copy.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                progress.rows(rowsDone.sum(), options.purchaseRows());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SourceException("The load was interrupted.", e);
            } catch (ExecutionException e) {
                Exception first = firstFailure.get();
                throw new SQLException("Could not copy the generated purchases: " + first.getMessage(), first);
            }
        }
    }

    private static void awaitEnd(ExecutorService executor) {
        boolean interrupted = false;
        while (true) {
            try {
                if (executor.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** After a failure: connections that had already committed must not leave half a load behind. */
    private void emptyTables(Connection connection, Exception failure) {
        try {
            String tables = Stream.of(SourceTable.values())
                    .map(table -> table.in(schema))
                    .collect(Collectors.joining(", "));
            execute(connection, "TRUNCATE " + tables);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static double seconds(long fromNanos, long toNanos) {
        return (toNanos - fromNanos) / 1e9;
    }
}
