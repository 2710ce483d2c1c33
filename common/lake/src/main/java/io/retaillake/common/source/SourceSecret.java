package io.retaillake.common.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import java.util.regex.Pattern;

/**
 * What a connection needs, from the secret and the settings that override it. Its text shows no password.
 *
 * @param username the database user
 * @param password its password
 * @param host the server
 * @param port its port
 * @param database the database
 */
public record SourceSecret(String username, String password, String host, int port, String database) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What can't add to the connection's URL, where further settings would outdo ours. */
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._-]+|\\[[0-9A-Fa-f:.]+]");

    /**
     * Reads a secret's JSON.
     *
     * @throws JobException exit code 2 naming every field that is missing or malformed
     */
    static SourceSecret parse(String json, SourceSettings settings) {
        JsonNode fields;
        try {
            fields = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            // The cause would quote the secret.
            throw JobException.badArguments("The secret " + settings.secret() + " is not JSON (line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr()
                    + ").\nIt must be an object with username, password, host, port, dbname.");
        }
        Problems problems = new Problems();
        if (!fields.isObject()) {
            problems.add("it is not a JSON object");
        }
        String username = text(fields, "username", problems);
        String password = text(fields, "password", problems);
        String engine = fields.path("engine").asText("postgres");
        if (!engine.equals("postgres") && !engine.equals("postgresql")) {
            problems.add("engine is '" + engine + "'; allowed: postgres");
        }
        String host = settings.host() != null ? settings.host() : text(fields, "host", problems, "--source-host");
        int port = settings.port() != null ? settings.port() : port(fields, problems);
        String database = settings.database() != null
                ? settings.database()
                : text(fields, "dbname", problems, "--source-database");
        if (host != null && !HOST.matcher(host).matches()) {
            problems.add("host is not a server's name or address alone; allowed: letters, digits, '.', '-', '_',"
                    + " or an IPv6 address in brackets");
        }
        problems.throwIfAny("The secret " + settings.secret() + " can't be used:");
        return new SourceSecret(username, password, host, port, database);
    }

    private static String text(JsonNode fields, String name, Problems problems) {
        JsonNode value = fields.path(name);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            problems.add(value.isMissingNode() ? name + " is missing" : name + " is not a non-empty text");
            return null;
        }
        return value.textValue();
    }

    private static String text(JsonNode fields, String name, Problems problems, String option) {
        if (fields.path(name).isMissingNode()) {
            problems.add(name + " is missing; add it to the secret or give " + option);
            return null;
        }
        return text(fields, name, problems);
    }

    private static int port(JsonNode fields, Problems problems) {
        JsonNode value = fields.path("port");
        int port = value.asInt(-1);
        if (value.isMissingNode()) {
            problems.add("port is missing; add it to the secret or give --source-port");
        } else if (port < 1 || port > 65_535) {
            problems.add("port is not a number from 1 to 65535");
        }
        return port;
    }

    @Override
    public String toString() {
        return username + "@" + host + ":" + port + "/" + database;
    }
}
