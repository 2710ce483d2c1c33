package io.retaillake.events.send;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Sends where all must arrive, because how long each takes is measured. */
public final class MeasuredSending {

    private MeasuredSending() {}

    /**
     * When each event was made, in order.
     *
     * @param progress is told how far it is
     * @throws io.retaillake.common.command.CommandException exit code 4 if one was not taken
     */
    public static List<Instant> send(Sending sending, EventSender sender, Consumer<String> progress) {
        List<Instant> made = new ArrayList<>();
        EventSender measured = (events, totals) -> {
            sender.send(events, totals);
            events.forEach(event -> made.add(event.madeAt()));
        };
        SendTotals totals = sending.run(measured, new StopRequest(), progress);
        totals.failure("the broker").ifPresent(failure -> {
            throw failure;
        });
        return made;
    }
}
