package io.retaillake.common.run;

import io.retaillake.common.job.ParentProcessWatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs jobs one after the other in one JVM with one Spark, which so starts once and whose code is compiled once. Each job is
 * what it is in a process of its own: its own session, checks and publication. The first that fails ends the sequence.
 *
 * <pre>{@code --job <class> <arguments of the job> --job <class> <arguments of the job> …}</pre>
 */
public final class JobSequence {

    /** Begins each job's part of the arguments; no job has an option of this name. */
    public static final String JOB = "--job";

    private JobSequence() {}

    /**
     * Runs the jobs.
     *
     * @throws FailedJobException the first failure, as the job's own {@code main} throws it
     * @throws ReflectiveOperationException if a class is no job with a constructor that takes nothing
     */
    public static void main(String[] arguments) throws FailedJobException, ReflectiveOperationException {
        ParentProcessWatch.watch();
        SparkLifetime spark = SparkLifetime.begin();
        try {
            for (List<String> words : split(arguments)) {
                Job job = Class.forName(words.get(0))
                        .asSubclass(Job.class)
                        .getDeclaredConstructor()
                        .newInstance();
                JobMain.runOnSharedSpark(job, words.subList(1, words.size()).toArray(String[]::new));
            }
        } finally {
            spark.end();
        }
    }

    private static List<List<String>> split(String[] arguments) {
        List<List<String>> jobs = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals(JOB)) {
                jobs.add(new ArrayList<>());
            } else if (jobs.isEmpty()) {
                throw new IllegalArgumentException("no " + JOB + " before " + Arrays.toString(arguments));
            } else {
                jobs.get(jobs.size() - 1).add(argument);
            }
        }
        return jobs;
    }
}
