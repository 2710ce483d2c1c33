package io.retaillake.statemachine;

import io.retaillake.statemachine.Outcome.Failed;
import io.retaillake.statemachine.Outcome.Succeeded;
import io.retaillake.statemachine.Position.Strand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The branches of a Parallel state or the iterations of a Map state, side by side on the virtual clock. The first that fails
 * aborts the others; a redrive begins an aborted one anew.
 */
final class Strands {

    private final Flow parent;
    private final Map<String, Object> state;
    private final Position at;

    private record Started(int index, Position from, Outcome outcome) {}

    Strands(Flow parent, Map<String, Object> state, Position at) {
        this.parent = parent;
        this.state = state;
        this.at = at;
    }

    /** Runs those that are not finished. */
    Outcome run(Instant start) {
        boolean map = state.get("Type").equals("Map");
        List<Map<String, Object>> processors = processors(map, start);
        List<Strand> strands = new ArrayList<>(at.strands().isEmpty() ? fresh(map, processors, start) : at.strands());
        PriorityQueue<Instant> free = new PriorityQueue<>();
        for (int slot = 0; slot < atOnce(map, processors.size()); slot++) {
            free.add(start);
        }
        List<Started> started = new ArrayList<>();
        Optional<Started> failure = Optional.empty();
        for (int i = 0; i < strands.size(); i++) {
            Instant now = free.element();
            boolean tooLate =
                    failure.isPresent() && !now.isBefore(failure.get().outcome().end());
            if (tooLate || !(strands.get(i) instanceof Strand.Open open)) {
                continue;
            }
            Flow flow = new Flow(
                    Json.object(processors.get(i).get("States")), parent.tasks(), parent.context(), parent.deadline());
            Outcome outcome = flow.run(open.position(), free.remove());
            free.add(outcome.end());
            started.add(new Started(i, open.position(), outcome));
            failure = started.stream()
                    .filter(one -> one.outcome() instanceof Failed)
                    .min(Comparator.comparing(one -> one.outcome().end()));
        }
        return outcome(strands, started, failure, start);
    }

    private Outcome outcome(List<Strand> strands, List<Started> started, Optional<Started> failure, Instant start) {
        Instant end = failure.map(one -> one.outcome().end())
                .orElseGet(() -> started.stream()
                        .map(one -> one.outcome().end())
                        .max(Comparator.naturalOrder())
                        .orElse(start));
        List<TaskCall> calls = new ArrayList<>();
        for (Started one : started) {
            one.outcome().calls().stream()
                    .filter(call -> call.start().isBefore(end) || !call.end().isAfter(end))
                    .map(call -> call.end().isAfter(end) ? call.abortedAt(end) : call)
                    .forEach(calls::add);
            if (one.outcome().end().isAfter(end)) {
                continue;
            }
            strands.set(
                    one.index(),
                    one.outcome() instanceof Failed failed
                            ? new Strand.Open(failed.position())
                            : new Strand.Finished(((Succeeded) one.outcome()).output()));
        }
        calls.sort(Comparator.comparing(TaskCall::start));
        if (failure.isPresent()) {
            Failed first = (Failed) failure.get().outcome();
            return new Failed(first.error(), first.cause(), at.with(strands), end, calls);
        }
        List<Object> outputs = strands.stream()
                .map(strand -> ((Strand.Finished) strand).output())
                .toList();
        return new Succeeded(outputs, end, calls);
    }

    private List<Map<String, Object>> processors(boolean map, Instant now) {
        if (!map) {
            return Json.objects(state.get("Branches"));
        }
        Map<String, Object> processor = Json.object(state.get("ItemProcessor"));
        return items(now).stream().map(item -> processor).toList();
    }

    private List<Strand> fresh(boolean map, List<Map<String, Object>> processors, Instant now) {
        List<Object> items = map ? items(now) : List.of();
        List<Strand> fresh = new ArrayList<>();
        for (int i = 0; i < processors.size(); i++) {
            String startAt = (String) processors.get(i).get("StartAt");
            fresh.add(new Strand.Open(Position.at(startAt, map ? items.get(i) : at.input(), at.variables())));
        }
        return fresh;
    }

    private List<Object> items(Instant now) {
        return Json.array(
                JsonataTemplate.evaluate(state.get("Items"), parent.scope(at, now, 0), at.state() + "/Items"));
    }

    private int atOnce(boolean map, int count) {
        int limit = map ? ((Number) state.getOrDefault("MaxConcurrency", 0)).intValue() : 0;
        return limit == 0 ? Math.max(1, count) : limit;
    }
}
