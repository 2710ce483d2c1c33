package io.retaillake.logs.lambda;

import io.retaillake.common.job.JobException;
import io.retaillake.common.json.JsonMembers;
import io.retaillake.common.json.JsonMembers.Member;
import io.retaillake.common.json.JsonScanner.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the schedule calls the function with: {@code {"scheduledTime": "2026-11-29T10:03:00Z"}}. */
final class ScheduledCall {

    private static final String FIELD = "scheduledTime";

    private ScheduledCall() {}

    /**
     * The time for which the call was scheduled, the same for one that is repeated.
     *
     * @return without one, as when a person calls, the beginning of the minute of {@code now}
     * @throws JobException exit code 2 if there is something else in its place
     */
    static Instant time(byte[] input, Instant now) {
        JsonMembers members = JsonMembers.of(input).orElse(null);
        Member scheduled = members == null ? null : members.named(FIELD).orElse(null);
        if (scheduled == null) {
            return now.truncatedTo(ChronoUnit.MINUTES);
        }
        try {
            if (scheduled.kind() == Kind.STRING) {
                return Instant.parse(members.text(scheduled));
            }
        } catch (DateTimeException e) {
            // Told below.
        }
        throw JobException.badArguments(
                "The call's " + FIELD
                        + " is no time; allowed: one as EventBridge Scheduler writes it, 2026-11-29T10:03:00Z, or none for now.");
    }
}
