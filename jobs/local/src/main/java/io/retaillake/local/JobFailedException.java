package io.retaillake.local;

/** A job's process ended with another exit code than 0. */
final class JobFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient JobOutcome outcome;

    JobFailedException(JobOutcome outcome) {
        super(outcome.job().name() + " ended with exit code " + outcome.exitCode());
        this.outcome = outcome;
    }

    JobOutcome outcome() {
        return outcome;
    }
}
