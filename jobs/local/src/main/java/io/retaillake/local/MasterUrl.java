package io.retaillake.local;

import java.util.Optional;
import java.util.regex.Pattern;

/** The master URLs that Spark takes; it answers others with a stack trace, after the database has been started. */
final class MasterUrl {

    private static final String COUNT = "\\s*0*[1-9][0-9]{0,5}\\s*";
    private static final Pattern KNOWN = Pattern.compile("local|local\\[(\\s*\\*\\s*|" + COUNT + ")(," + COUNT + ")?]"
            + "|local-cluster\\[" + COUNT + "," + COUNT + "," + COUNT + "]"
            + "|spark://\\S+:[0-9]+"
            + "|yarn|k8s://\\S+|mesos://\\S+");

    private MasterUrl() {}

    /** What is wrong with {@code url}, and what can be given; nothing where Spark takes it. */
    static Optional<String> problem(String url) {
        return KNOWN.matcher(url).matches()
                ? Optional.empty()
                : Optional.of("give local[4], local[*], spark://host:7077, yarn or k8s://https://host:6443");
    }
}
