package io.retaillake.executions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A state of an execution: one line of what a person sees. Of a Map, each iteration has steps of its own. */
final class Step {

    /** What a step does, as far as it makes a difference. */
    enum Kind {
        TASK,
        PARALLEL,
        MAP,
        OTHER
    }

    private final String name;
    private final Kind kind;
    private final Step parent;
    private final Integer iteration;
    private final List<Step> children = new ArrayList<>();
    private final Set<Integer> succeededIterations = new TreeSet<>();

    private StepStatus status = StepStatus.RUNNING;
    private Instant entered;
    private Instant ended;
    private String item;
    private int iterations;
    private int attempts;
    private String jobName;
    private GlueRun glueRun;
    private Failure failure;

    /**
     * A state that is entered now.
     *
     * @param parent the Parallel or Map around it; null at the top
     * @param iteration of the Map around it; null elsewhere
     */
    Step(String name, Kind kind, Step parent, Integer iteration, Instant now) {
        this.name = name;
        this.kind = kind;
        this.parent = parent;
        this.iteration = iteration;
        this.entered = now;
        if (parent != null) {
            parent.children.add(this);
        }
    }

    String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    Optional<Step> parent() {
        return Optional.ofNullable(parent);
    }

    Optional<Integer> iteration() {
        return Optional.ofNullable(iteration);
    }

    List<Step> children() {
        return children;
    }

    StepStatus status() {
        return status;
    }

    int attempts() {
        return attempts;
    }

    Optional<String> jobName() {
        return Optional.ofNullable(jobName);
    }

    Optional<GlueRun> glueRun() {
        return Optional.ofNullable(glueRun);
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    int iterations() {
        return iterations;
    }

    int iterationsSucceeded() {
        return succeededIterations.size();
    }

    /** The state's name and, in a Map, which item it works on. */
    String label() {
        if (iteration == null) {
            return name;
        }
        return name + " " + (item == null ? "#" + (iteration + 1) : item);
    }

    /** How many Parallels and Maps are around it. */
    int depth() {
        return parent == null ? 0 : parent.depth() + 1;
    }

    /** From entering it until its end, or {@code now} if it has not ended. */
    Duration duration(Instant now) {
        return Duration.between(entered, ended == null ? now : ended);
    }

    /** Whether its end was at {@code time} or before. */
    boolean endedBefore(Instant time) {
        return ended != null && !ended.isAfter(time);
    }

    /** Whether the step is still to succeed. */
    boolean isUnfinished() {
        return status != StepStatus.SUCCEEDED;
    }

    void item(String text) {
        item = text;
    }

    void iterations(int count) {
        iterations = count;
    }

    void iterationSucceeded(int index) {
        succeededIterations.add(index);
    }

    /** It is worked on again, after a redrive or in a loop. */
    void enterAgain(Instant now) {
        status = StepStatus.RUNNING;
        entered = now;
        ended = null;
        failure = null;
    }

    /** Its task is handed to the service, for the first time or again. */
    void attempt(String job) {
        status = StepStatus.RUNNING;
        ended = null;
        attempts++;
        jobName = job;
        glueRun = null;
    }

    void glueRun(GlueRun run) {
        glueRun = run;
    }

    void end(StepStatus how, Instant now) {
        status = how;
        ended = now;
        if (how == StepStatus.SUCCEEDED) {
            failure = null;
        }
    }

    void fail(Failure why, Instant now) {
        end(StepStatus.FAILED, now);
        failure = why;
    }
}
