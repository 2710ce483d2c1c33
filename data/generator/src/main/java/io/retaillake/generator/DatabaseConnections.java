package io.retaillake.generator;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to one database, each owned by its caller. Whoever makes one keeps the password to himself. */
@FunctionalInterface
public interface DatabaseConnections {

    /** A new connection with autocommit on. */
    Connection open() throws SQLException;
}
