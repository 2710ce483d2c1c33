package io.retaillake.executions;

import java.util.Map;

/** What happens in a simulated execution, from its start or from a redrive on. */
@FunctionalInterface
interface Script {

    String PREFIX = "retail-lakehouse-";

    /** Writes the events behind {@code previous}, which is the start or the redrive. */
    void write(History history, long previous);

    /** The whole pipeline, all well; 130 seconds. */
    static Script green() {
        return (history, start) -> {
            long bronze = bronze(history, start);
            long silver = history.enter(bronze, "Task", "BuildPurchases", "{}");
            silver = history.submit(silver, PREFIX + "BuildPurchases", 3);
            silver = history.later(30).succeed(silver, PREFIX + "BuildPurchases", "BuildPurchases", 3);
            goldAndEnd(history, silver);
        };
    }

    /** Silver fails twice, and with it the execution; 105 seconds. */
    static Script failingInSilver(String message) {
        return (history, start) -> {
            long bronze = bronze(history, start);
            long silver = history.enter(bronze, "Task", "BuildPurchases", "{}");
            silver = history.submit(silver, PREFIX + "BuildPurchases", 3);
            silver = history.later(15).fail(silver, PREFIX + "BuildPurchases", 3, "Lost a worker");
            silver = history.later(30).submit(silver, PREFIX + "BuildPurchases", 4);
            silver = history.later(20).fail(silver, PREFIX + "BuildPurchases", 4, message);
            history.failExecution(silver, "States.TaskFailed", "{}");
        };
    }

    /** A redrive that goes on in silver, all well; 90 seconds. */
    static Script goingOnInSilver() {
        return (history, redriven) -> {
            long silver = history.submit(redriven, PREFIX + "BuildPurchases", 5);
            silver = history.later(30).succeed(silver, PREFIX + "BuildPurchases", "BuildPurchases", 5);
            goldAndEnd(history, silver);
        };
    }

    /** One mart fails while another runs. */
    static Script failingInGold() {
        return (history, start) -> {
            long gold = history.enter(start, "Map", "Gold", "{}");
            long started = history.add(gold, "MapStateStarted", "mapStateStartedEventDetails", Map.of("length", 2));
            long first = iteration(history, started, 0, "SalesByDatetime", 6);
            long second = iteration(history, started, 1, "SalesByProduct", 7);
            first = history.later(10).fail(first, PREFIX + "SalesByDatetime", 6, "check failed: rows");
            first = history.add(first, "MapIterationFailed", "mapIterationFailedEventDetails", map("Gold", 0));
            second = history.add(second, "TaskStateAborted");
            second = history.add(second, "MapIterationAborted", "mapIterationAbortedEventDetails", map("Gold", 1));
            long failed = history.add(second, "MapStateFailed");
            history.failExecution(failed, "States.TaskFailed", "{}");
        };
    }

    /** A redrive that goes on in both marts, all well. */
    static Script goingOnInGold() {
        return (history, redriven) -> {
            long second = history.submit(redriven, PREFIX + "SalesByProduct", 9);
            long first = history.submit(redriven, PREFIX + "SalesByDatetime", 8);
            second = history.later(10).succeed(second, PREFIX + "SalesByProduct", "Build mart", 9);
            history.add(second, "MapIterationSucceeded", "mapIterationSucceededEventDetails", map("Gold", 1));
            first = history.later(10).succeed(first, PREFIX + "SalesByDatetime", "Build mart", 8);
            first = history.add(first, "MapIterationSucceeded", "mapIterationSucceededEventDetails", map("Gold", 0));
            long gold = history.exit(history.add(first, "MapStateSucceeded"), "Map", "Gold");
            history.add(gold, "ExecutionSucceeded", "executionSucceededEventDetails", Map.of("output", "{}"));
        };
    }

    private static long bronze(History history, long start) {
        long months = history.enter(start, "Pass", "Resolve the months", "{}");
        months = history.exit(months, "Pass", "Resolve the months");
        long bronze = history.enter(months, "Parallel", "Bronze", "{}");
        bronze = history.add(bronze, "ParallelStateStarted");
        long dimensions = history.enter(bronze, "Task", "ExtractDimensions", "{}");
        long purchases = history.enter(bronze, "Task", "ExtractPurchases", "{}");
        dimensions = history.submit(dimensions, PREFIX + "ExtractDimensions", 1);
        purchases = history.submit(purchases, PREFIX + "ExtractPurchases", 2);
        history.later(20).succeed(dimensions, PREFIX + "ExtractDimensions", "ExtractDimensions", 1);
        purchases = history.later(20).succeed(purchases, PREFIX + "ExtractPurchases", "ExtractPurchases", 2);
        return history.exit(history.add(purchases, "ParallelStateSucceeded"), "Parallel", "Bronze");
    }

    private static void goldAndEnd(History history, long silver) {
        long gold = history.enter(silver, "Map", "Gold", "{}");
        long started = history.add(gold, "MapStateStarted", "mapStateStartedEventDetails", Map.of("length", 2));
        long first = iteration(history, started, 0, "SalesByDatetime", 6);
        long second = iteration(history, started, 1, "SalesByProduct", 7);
        second = history.later(20).succeed(second, PREFIX + "SalesByProduct", "Build mart", 7);
        history.add(second, "MapIterationSucceeded", "mapIterationSucceededEventDetails", map("Gold", 1));
        first = history.later(10).succeed(first, PREFIX + "SalesByDatetime", "Build mart", 6);
        first = history.add(first, "MapIterationSucceeded", "mapIterationSucceededEventDetails", map("Gold", 0));
        gold = history.exit(history.add(first, "MapStateSucceeded"), "Map", "Gold");
        long verified = history.enter(gold, "Task", "VerifyRun", "{}");
        verified = history.submit(verified, PREFIX + "VerifyRun", 10);
        verified = history.later(30).succeed(verified, PREFIX + "VerifyRun", "VerifyRun", 10);
        history.add(verified, "ExecutionSucceeded", "executionSucceededEventDetails", Map.of("output", "{}"));
    }

    private static long iteration(History history, long started, int index, String mart, int run) {
        long iteration =
                history.add(started, "MapIterationStarted", "mapIterationStartedEventDetails", map("Gold", index));
        long task = history.enter(iteration, "Task", "Build mart", '"' + mart + '"');
        return history.submit(task, PREFIX + mart, run);
    }

    private static Map<String, ?> map(String name, int index) {
        return Map.of("name", name, "index", index);
    }
}
