package io.retaillake.jobs.tables;

import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.LakeSession;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Names all that is wrong with definitions of tables, without a lake. */
@Command(
        name = "CheckTables",
        description = "Names all that is wrong with definitions of tables in SQL, with file and line. Needs no lake.")
public final class CheckTables implements Job {

    @Parameters(
            arity = "0..1",
            paramLabel = "<folder or file>",
            description = "Folder with definitions, each <name>.yaml and <name>.sql, or one of these files.")
    private String target;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new CheckTables(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        DefinitionTarget definitions = DefinitionTarget.parseFiles(target, problems);
        return progress -> run(definitions);
    }

    private void run(DefinitionTarget definitions) {
        CheckedDefinitions checked = CheckedDefinitions.read(LakeSession.withoutLake(name()), definitions.folder());
        List<String> wrong = checked.problemsOf(definitions);
        if (!wrong.isEmpty()) {
            throw CheckedDefinitions.wrong(wrong);
        }
        checked.chosen(definitions).forEach(table -> System.out.println("ok  " + table.name()));
        System.out.flush();
    }
}
