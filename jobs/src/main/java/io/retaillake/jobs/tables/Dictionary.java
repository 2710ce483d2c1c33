package io.retaillake.jobs.tables;

import io.retaillake.common.contract.DataDictionary;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.LakeSession;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.sqltable.DefinitionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the data dictionary of all tables, the library's and the user's, as Markdown. */
@Command(
        name = "Dictionary",
        description = "Prints the data dictionary of all tables, in English and Korean, as Markdown. Needs no lake.")
public final class Dictionary implements Job {

    @Mixin
    private DefinitionOptions definitions;

    @Option(names = "--output", paramLabel = "<file>", description = "Write it into this file instead of printing it.")
    private String output;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new Dictionary(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        Optional<Path> file = Optional.empty();
        try {
            file = Optional.ofNullable(output).map(Path::of);
        } catch (InvalidPathException e) {
            problems.add("--output is '" + output + "', which is not a path");
        }
        Optional<Path> target = file;
        return progress -> run(target);
    }

    private void run(Optional<Path> file) {
        Problems problems = new Problems();
        TableRegistry registry = definitions.registry(LakeSession.withoutLake(name()), TableRegistry.load(), problems);
        problems.throwIfAny("Definitions of tables are wrong; nothing was written.");
        String markdown = DataDictionary.markdown(registry.contracts());
        if (file.isEmpty()) {
            System.out.print(markdown);
            System.out.flush();
            return;
        }
        try {
            Files.writeString(file.get(), markdown);
        } catch (IOException e) {
            throw JobException.outsideSystem("--output " + file.get() + " can't be written: " + e, e);
        }
    }
}
