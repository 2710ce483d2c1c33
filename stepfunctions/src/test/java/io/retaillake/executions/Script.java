package io.retaillake.executions;

import java.util.List;
import java.util.Map;

/** What happens in a simulated execution, from its start or from a redrive on. */
@FunctionalInterface
interface Script {

    String PREFIX = "retail-lakehouse-";

    /** In the order of the pipeline's Map, which builds three at once. */
    List<String> MARTS = List.of(
            "SalesByDatetime",
            "SalesByProduct",
            "SalesByAgeProduct",
            "SalesByResidence",
            "SalesByCustomer",
            "AffiliateOverview");

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
            long started = startMap(history, start, "Gold", 2);
            long first = iteration(history, started, 0, 6);
            long second = iteration(history, started, 1, 7);
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
        long gold = startMap(history, silver, "Gold", MARTS.size());
        threeMarts(history, gold, 0);
        long marts = threeMarts(history, gold, 3);
        gold = history.exit(history.add(marts, "MapStateSucceeded"), "Map", "Gold");
        long conclude = startMap(history, gold, "Conclude", 2);
        concludingJob(history, conclude, 0, "PublishReport", 12, 10);
        long verified = concludingJob(history, conclude, 1, "VerifyRun", 13, 20);
        conclude = history.exit(history.add(verified, "MapStateSucceeded"), "Map", "Conclude");
        history.add(conclude, "ExecutionSucceeded", "executionSucceededEventDetails", Map.of("output", "{}"));
    }

    private static long startMap(History history, long previous, String name, int length) {
        long entered = history.enter(previous, "Map", name, "{}");
        return history.add(entered, "MapStateStarted", "mapStateStartedEventDetails", Map.of("length", length));
    }

    /** Three marts side by side, from the one at {@code first} on; 15 seconds. */
    private static long threeMarts(History history, long started, int first) {
        List<Integer> indexes = List.of(first, first + 1, first + 2);
        List<Long> tasks = indexes.stream()
                .map(index -> iteration(history, started, index, 6 + index))
                .toList();
        history.later(15);
        long last = started;
        for (int i = 0; i < tasks.size(); i++) {
            int index = indexes.get(i);
            last = history.succeed(tasks.get(i), PREFIX + MARTS.get(index), "Build mart", 6 + index);
            last = history.add(last, "MapIterationSucceeded", "mapIterationSucceededEventDetails", map("Gold", index));
        }
        return last;
    }

    private static long concludingJob(History history, long started, int index, String job, int run, int seconds) {
        long task =
                history.add(started, "MapIterationStarted", "mapIterationStartedEventDetails", map("Conclude", index));
        task = history.enter(task, "Task", "Run concluding job", '"' + job + '"');
        task = history.submit(task, PREFIX + job, run);
        task = history.later(seconds).succeed(task, PREFIX + job, "Run concluding job", run);
        return history.add(task, "MapIterationSucceeded", "mapIterationSucceededEventDetails", map("Conclude", index));
    }

    private static long iteration(History history, long started, int index, int run) {
        String mart = MARTS.get(index);
        long iteration =
                history.add(started, "MapIterationStarted", "mapIterationStartedEventDetails", map("Gold", index));
        long task = history.enter(iteration, "Task", "Build mart", '"' + mart + '"');
        return history.submit(task, PREFIX + mart, run);
    }

    private static Map<String, ?> map(String name, int index) {
        return Map.of("name", name, "index", index);
    }
}
