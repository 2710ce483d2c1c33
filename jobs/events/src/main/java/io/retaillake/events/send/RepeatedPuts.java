package io.retaillake.events.send;

import io.retaillake.events.generator.GeneratedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sends events by calls of a service that may take some of a call's records and refuse others: only those that were refused are sent again.
 *
 * <p>A call whose answer is lost is repeated as a whole; what the service had taken of it is there twice then.
 */
final class RepeatedPuts implements EventSender {

    private static final String TOO_LARGE = "RecordTooLarge";

    private final PutCall call;
    private final PutLimits limits;
    private final Backoff backoff;
    private final String action;

    /**
     * By these calls.
     *
     * @param action the call's name in IAM, {@code kinesis:PutRecords}
     */
    RepeatedPuts(PutCall call, PutLimits limits, Backoff backoff, String action) {
        this.call = call;
        this.limits = limits;
        this.backoff = backoff;
        this.action = action;
    }

    @Override
    public void send(List<GeneratedEvent> events, SendTotals totals) {
        List<GeneratedEvent> sendable =
                events.stream().filter(event -> !limits.isTooLarge(event)).toList();
        if (sendable.size() < events.size()) {
            totals.failed(
                    TOO_LARGE,
                    events.size() - sendable.size(),
                    "A record may have " + limits.recordBytes() + " bytes there.");
        }
        for (List<GeneratedEvent> together : limits.calls(sendable)) {
            putAll(together, totals);
        }
    }

    private void putAll(List<GeneratedEvent> events, SendTotals totals) {
        List<GeneratedEvent> left = events;
        for (int attempt = 1; ; attempt++) {
            Answer answer = put(left);
            List<GeneratedEvent> taken = new ArrayList<>();
            List<GeneratedEvent> refused = new ArrayList<>();
            List<String> codes = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                String code = answer.codes().get(i);
                if (code == null) {
                    taken.add(left.get(i));
                } else {
                    refused.add(left.get(i));
                    codes.add(code);
                }
            }
            totals.sent(taken);
            if (refused.isEmpty()) {
                return;
            }
            if (!answer.isPassing() || attempt == backoff.attempts()) {
                codes.forEach(code -> totals.failed(code, 1, answer.explanation()));
                return;
            }
            backoff.pause(attempt);
            totals.repeated(refused.size());
            left = refused;
        }
    }

    /**
     * What came of one call.
     *
     * @param codes for each event the error code, or null
     * @param isPassing whether those that were refused may be taken a little later
     * @param explanation of the codes
     */
    private record Answer(List<String> codes, boolean isPassing, String explanation) {}

    private Answer put(List<GeneratedEvent> events) {
        try {
            List<String> codes = call.put(events);
            return codes.size() == events.size()
                    ? new Answer(codes, true, lastAttempt(PutFailure.SEND_MORE_SLOWLY))
                    : refused(
                            events,
                            PutFailure.noValidAnswer(
                                    "The answer has " + codes.size() + " results for " + events.size() + " records."));
        } catch (SdkException e) {
            return refused(events, PutFailure.of(e, action));
        }
    }

    private Answer refused(List<GeneratedEvent> events, PutFailure failure) {
        return new Answer(
                Collections.nCopies(events.size(), failure.code()),
                failure.isPassing(),
                failure.isPassing() ? lastAttempt(failure.explanation()) : failure.explanation());
    }

    private String lastAttempt(String explanation) {
        return "The last of " + backoff.attempts() + " attempts failed, too. " + explanation;
    }
}
