package io.retaillake.jobs.tables;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.LakeSession;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.sqltable.SqlTables;
import io.retaillake.common.sqltable.TestCase;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the tests beside definitions of tables, without a lake. */
@Command(
        name = "TestTables",
        description = "Runs the tests of tables that are defined in SQL, <name>.test.yaml beside the definition."
                + " Needs no lake.")
public final class TestTables implements Job {

    @Parameters(
            arity = "0..1",
            paramLabel = "<folder or file>",
            description = "Folder with definitions and their tests, or a file of one of them.")
    private String target;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new TestTables(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        DefinitionTarget definitions = DefinitionTarget.parseFiles(target, problems);
        return progress -> run(definitions);
    }

    private void run(DefinitionTarget target) {
        SparkSession spark = LakeSession.withoutLake(name());
        // A case has a handful of rows.
        spark.conf().set("spark.sql.shuffle.partitions", "1");
        CheckedDefinitions definitions = CheckedDefinitions.read(spark, target.folder());
        Map<TableDefinition, List<TestCase>> tests = tests(definitions, target);
        if (tests.isEmpty()) {
            throw JobException.badArguments(
                    "There is no test in " + definitions.folder().orElseThrow().location()
                            + ".\nWrite one beside a definition: <name>.test.yaml beside <name>.sql and <name>.yaml.");
        }
        PrintStream out = System.out;
        int failed = 0;
        int all = 0;
        for (Map.Entry<TableDefinition, List<TestCase>> test : tests.entrySet()) {
            out.println(test.getKey().name());
            TestRun run = new TestRun(spark, test.getKey(), definitions.registry());
            for (TestCase each : test.getValue()) {
                List<String> failures = run.failures(each);
                all++;
                failed += failures.isEmpty() ? 0 : 1;
                out.println(
                        failures.isEmpty()
                                ? "  ok      " + each.name()
                                : "  FAILED  " + each.name() + " (" + each.place() + ")");
                failures.forEach(line -> out.println("          " + line));
            }
        }
        out.println(all + (all == 1 ? " case, " : " cases, ") + failed + " failed");
        out.flush();
        if (failed > 0) {
            throw JobException.badData(failed + " of " + all + " cases failed; they are shown above.");
        }
    }

    /** Those of the definitions that are meant. */
    private static Map<TableDefinition, List<TestCase>> tests(CheckedDefinitions definitions, DefinitionTarget target) {
        List<String> wrong = new ArrayList<>(definitions.problemsOf(target));
        Problems problems = new Problems();
        Map<TableDefinition, List<TestCase>> tests = new LinkedHashMap<>();
        var folder = definitions.folder().orElseThrow();
        for (String name : folder.tested()) {
            List<TableDefinition> tested = definitions.tables().stream()
                    .filter(table -> table.contract().name().equals(name))
                    .toList();
            if (!target.includes(name)) {
                continue;
            }
            if (tested.isEmpty() && wrong.stream().noneMatch(problem -> problem.startsWith(folder.path(name) + "."))) {
                problems.add(folder.path(name) + ".test.yaml:1: there is no definition " + name + " beside it");
            }
            if (wrong.isEmpty()) {
                tested.forEach(
                        table -> tests.put(table, SqlTables.test(folder, table, definitions.registry(), problems)));
            }
        }
        wrong.addAll(problems.messages());
        if (!wrong.isEmpty()) {
            throw CheckedDefinitions.wrong(wrong);
        }
        return tests;
    }
}
