package io.retaillake.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Stands for a process of jobs: each does what the file {@code <Job>.behaviour} in its folder says, and notes in {@code
 * order.txt} when it started and ended.
 */
final class FakeJob {

    private FakeJob() {}

    /** Makes processes of this class that look for their behaviour in {@code folder}. */
    static JobLauncher launcher(Path folder) {
        return requests -> {
            ProcessBuilder process = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx32m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    FakeJob.class.getName(),
                    folder.toString());
            requests.forEach(request ->
                    process.command().add(request.job().name() + " " + String.join(" ", request.arguments())));
            return process;
        };
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        note(folder, "process " + ProcessHandle.current().pid());
        for (String job : List.of(arguments).subList(1, arguments.length)) {
            run(folder, job);
        }
    }

    private static void run(Path folder, String job) throws Exception {
        String name = job.substring(0, job.indexOf(' '));
        note(folder, "start " + name);
        note(folder, job);
        Path file = folder.resolve(name + ".behaviour");
        String behaviour = Files.exists(file) ? Files.readString(file).strip() : "succeed";
        switch (behaviour) {
            case "succeed" -> {
                System.err.println("12:00:00 WARN  Something: that nobody understands");
                System.err.println("progress job=" + name + " step=\"write it\" rows=40 expected=100");
                if (name.equals("VerifyRun")) {
                    System.out.println("result of " + name);
                }
                System.err.println("finished job=" + name + " seconds=0.5 rows=100 peak_memory_mib=321");
            }
            case "fail with bad arguments" -> {
                System.err.println("error " + name + " is to use another run's name");
                System.exit(2);
            }
            case "fail with bad data" -> {
                System.err.println("error " + name + " found sums that differ");
                System.err.println("  bronze 10, source 11");
                System.err.println("12:00:00 INFO  Something: later");
                System.exit(3);
            }
            case "die" -> {
                System.err.println("12:00:00 ERROR Something: the last words");
                Runtime.getRuntime().halt(137);
            }
            case "run out of memory" -> {
                System.err.println("12:00:00 ERROR Executor: java.lang.OutOfMemoryError: Java heap space");
                Runtime.getRuntime().halt(52);
            }
            case "hang" -> Thread.sleep(Long.MAX_VALUE);
            default -> throw new IllegalArgumentException(behaviour);
        }
        note(folder, "end " + name);
    }

    private static void note(Path folder, String line) throws Exception {
        Files.writeString(
                folder.resolve("order.txt"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
