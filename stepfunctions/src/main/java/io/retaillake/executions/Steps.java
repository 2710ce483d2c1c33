package io.retaillake.executions;

import io.retaillake.executions.Step.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * The states that an execution has entered. An event belongs to the state that its predecessor led to; where that chain is
 * broken, as behind a redrive, to the unfinished state that fits.
 */
final class Steps {

    private static final int LONGEST_ITEM = 40;

    /**
     * Where an event left the execution.
     *
     * @param step the state that the event is about; null outside of any
     * @param inside the Parallel or Map in which the next state is entered; null at the top
     * @param iteration of that Map; null elsewhere
     */
    private record Position(Step step, Step inside, Integer iteration) {

        private static final Position TOP = new Position(null, null, null);

        private Optional<Step> optional() {
            return Optional.ofNullable(step);
        }

        private static Position at(Step step) {
            return new Position(
                    step, step.parent().orElse(null), step.iteration().orElse(null));
        }
    }

    private final List<Step> top = new ArrayList<>();
    private final Map<Long, Position> positions = new HashMap<>();
    private Instant redriven = Instant.MIN;

    /** The execution was redriven: states that ended before and are worked on again start anew. */
    void redriven(Instant now) {
        redriven = now;
    }

    /** In the order they were entered, those inside a Parallel or Map behind it. */
    List<Step> all() {
        List<Step> all = new ArrayList<>();
        top.forEach(step -> collect(step, all));
        return all;
    }

    private static void collect(Step step, List<Step> all) {
        all.add(step);
        step.children().forEach(child -> collect(child, all));
    }

    /** Takes in an event that is about a state, and returns that. */
    Optional<Step> accept(HistoryEvent event) {
        Position before = positions.getOrDefault(event.previousEventId(), Position.TOP);
        Position after = switch (event.type()) {
            case TASK_STATE_ENTERED -> enter(event, Kind.TASK, before);
            case PARALLEL_STATE_ENTERED -> enter(event, Kind.PARALLEL, before);
            case MAP_STATE_ENTERED -> enter(event, Kind.MAP, before);
            case PASS_STATE_ENTERED, CHOICE_STATE_ENTERED, WAIT_STATE_ENTERED, SUCCEED_STATE_ENTERED ->
                enter(event, Kind.OTHER, before);
            case FAIL_STATE_ENTERED -> end(enter(event, Kind.OTHER, before), StepStatus.FAILED, event);
            case TASK_STATE_EXITED,
                    PARALLEL_STATE_EXITED,
                    MAP_STATE_EXITED,
                    PASS_STATE_EXITED,
                    CHOICE_STATE_EXITED,
                    WAIT_STATE_EXITED,
                    SUCCEED_STATE_EXITED -> {
                String name = event.stateExitedEventDetails().name();
                yield end(nearest(before, step -> step.name().equals(name)), StepStatus.SUCCEEDED, event);
            }
            case TASK_STATE_ABORTED, WAIT_STATE_ABORTED -> end(before, StepStatus.ABORTED, event);
            case PARALLEL_STATE_STARTED -> inside(nearest(before, Kind.PARALLEL), null, event);
            case PARALLEL_STATE_SUCCEEDED -> nearest(before, Kind.PARALLEL);
            case PARALLEL_STATE_FAILED -> end(nearest(before, Kind.PARALLEL), StepStatus.FAILED, event);
            case PARALLEL_STATE_ABORTED -> end(nearest(before, Kind.PARALLEL), StepStatus.ABORTED, event);
            case MAP_STATE_STARTED -> {
                Position map = inside(nearest(before, Kind.MAP), null, event);
                map.optional()
                        .ifPresent(step -> step.iterations(
                                event.mapStateStartedEventDetails().length()));
                yield map;
            }
            case MAP_ITERATION_STARTED ->
                inside(
                        nearest(before, Kind.MAP),
                        event.mapIterationStartedEventDetails().index(),
                        event);
            case MAP_ITERATION_SUCCEEDED -> {
                Position map = nearest(before, Kind.MAP);
                map.optional()
                        .ifPresent(step -> step.iterationSucceeded(
                                event.mapIterationSucceededEventDetails().index()));
                yield map;
            }
            case MAP_ITERATION_FAILED, MAP_ITERATION_ABORTED, MAP_STATE_SUCCEEDED -> nearest(before, Kind.MAP);
            case MAP_STATE_FAILED -> end(nearest(before, Kind.MAP), StepStatus.FAILED, event);
            case MAP_STATE_ABORTED -> end(nearest(before, Kind.MAP), StepStatus.ABORTED, event);
            case TASK_SCHEDULED -> schedule(event, before);
            case TASK_SUBMITTED -> submitted(event, before);
            case TASK_FAILED, TASK_SUBMIT_FAILED, TASK_START_FAILED, TASK_TIMED_OUT, EVALUATION_FAILED ->
                fail(event, before);
            default -> before;
        };
        positions.put(event.id(), after);
        return after.optional();
    }

    private Position enter(HistoryEvent event, Kind kind, Position before) {
        String name = event.stateEnteredEventDetails().name();
        Optional<Step> known = siblings(before)
                .filter(step -> step.name().equals(name))
                .findFirst()
                .or(() -> before.inside() == null
                        ? find(step -> step.isUnfinished() && step.name().equals(name))
                        : Optional.empty());
        known.ifPresent(step -> step.enterAgain(event.timestamp()));
        Step entered =
                known.orElseGet(() -> new Step(name, kind, before.inside(), before.iteration(), event.timestamp()));
        if (known.isEmpty() && before.inside() == null) {
            top.add(entered);
        }
        var item = Json.read(event.stateEnteredEventDetails().input());
        if (before.iteration() != null && item.isTextual() && item.textValue().length() <= LONGEST_ITEM) {
            entered.item(item.textValue());
        }
        return Position.at(entered);
    }

    private Stream<Step> siblings(Position before) {
        List<Step> inside = before.inside() == null ? top : before.inside().children();
        return inside.stream().filter(step -> step.iteration().equals(Optional.ofNullable(before.iteration())));
    }

    /** A Parallel or Map, or an iteration of one, begins or goes on. */
    private static Position inside(Position container, Integer iteration, HistoryEvent event) {
        if (container.step() == null) {
            return container;
        }
        if (container.step().status() != StepStatus.RUNNING) {
            container.step().enterAgain(event.timestamp());
        }
        return new Position(container.step(), container.step(), iteration);
    }

    private Position schedule(HistoryEvent event, Position before) {
        var details = event.taskScheduledEventDetails();
        String job = Json.member(details.parameters(), "JobName").orElse(null);
        Position task = before;
        if (task.step() == null || task.step().kind() != Kind.TASK) {
            // Behind a redrive: the state goes on without being entered again.
            Predicate<Step> interrupted =
                    step -> step.kind() == Kind.TASK && step.isUnfinished() && step.status() != StepStatus.RUNNING;
            task = find(interrupted.and(step -> step.jobName().equals(Optional.ofNullable(job))))
                    .or(() -> find(interrupted))
                    .map(Position::at)
                    .orElse(before);
        }
        task.optional().filter(step -> step.endedBefore(redriven)).ifPresent(step -> goOn(step, event.timestamp()));
        task.optional().ifPresent(step -> step.attempt(job));
        return task;
    }

    private static void goOn(Step step, Instant now) {
        for (Step at = step; at != null; at = at.parent().orElse(null)) {
            if (at.status() != StepStatus.RUNNING) {
                at.enterAgain(now);
            }
        }
    }

    private static Position submitted(HistoryEvent event, Position before) {
        String output = event.taskSubmittedEventDetails().output();
        Step step = before.step();
        if (step != null) {
            Json.member(output, "JobRunId")
                    .ifPresent(id -> step.glueRun(new GlueRun(
                            Json.member(output, "JobName").or(step::jobName).orElse("?"), id)));
        }
        return before;
    }

    private static Position fail(HistoryEvent event, Position before) {
        if (before.step() != null) {
            HistoryFailures.of(event).ifPresent(failure -> before.step().fail(failure, event.timestamp()));
        }
        return before;
    }

    private static Position end(Position position, StepStatus how, HistoryEvent event) {
        if (position.step() == null) {
            return position;
        }
        position.step().end(how, event.timestamp());
        return Position.at(position.step());
    }

    private Position nearest(Position from, Kind kind) {
        return nearest(from, step -> step.kind() == kind);
    }

    /** The state itself or the innermost one around it that {@code fits}. */
    private Position nearest(Position from, Predicate<Step> fits) {
        for (Step at = from.step(); at != null; at = at.parent().orElse(null)) {
            if (fits.test(at)) {
                return Position.at(at);
            }
        }
        return find(fits.and(Step::isUnfinished)).map(Position::at).orElse(Position.TOP);
    }

    private Optional<Step> find(Predicate<Step> fits) {
        return all().stream().filter(fits).findFirst();
    }
}
