package io.retaillake.common.job;

import java.util.Optional;
import java.util.stream.Stream;

/** Looks into failures: Spark wraps them several times. */
public final class Failures {

    private static final int MOST_CAUSES = 50;

    private Failures() {}

    /** The first of {@code type} among {@code failure} and its causes. */
    public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return causes(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    /** {@code failure} and its causes, outermost first. */
    public static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES);
    }
}
