package io.retaillake.streaming.kinesis;

import io.retaillake.common.job.JobException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Does the same for several names at once. */
final class InParallel {

    private InParallel() {}

    /** Each name's result; throws what the first one threw. */
    static <T> Map<String, T> results(ExecutorService threads, List<String> names, List<Callable<T>> tasks) {
        try {
            List<Future<T>> futures = threads.invokeAll(tasks);
            Map<String, T> results = new TreeMap<>();
            for (int i = 0; i < names.size(); i++) {
                results.put(names.get(i), futures.get(i).get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KinesisCalls.interrupted();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : JobException.defect("Reading from Kinesis failed", e.getCause());
        }
    }
}
