package io.retaillake.common.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A job of the lake: what it reads, writes and connects to, and where it stands in the pipeline. Its permissions on AWS are
 * derived from this, so what is missing here is refused there.
 *
 * @param className its class, which has a {@code main}
 * @param purpose what it does, in a few words
 * @param stage when it runs
 * @param reads qualified names of the tables that it reads; {@link #EVERY_TABLE} for all there are
 * @param writes qualified names of the tables that it publishes, in the order of their publication
 * @param maintains whether it rewrites and removes files of every table, without publishing one
 * @param buildsUsersTables whether it publishes tables that users define, of which the registry knows nothing
 * @param records whether it leaves a row in {@code ops.job_runs}
 * @param sourceUser as whom it connects to the source
 * @param parallelReads whether it takes {@code --read-parallelism}
 * @param files what it does with files of the lake's bucket that are no table's
 * @param defaultFiles options whose defaults on AWS are files of the lake's bucket: the option, and their pattern below the root
 * @param workers how much it has to do
 * @param deployed whether it is a Glue job, too; else it is only started by hand
 * @param runsUntilStopped whether it has no end of its own: on AWS it is a streaming job, which is started again whenever it ended
 */
public record JobDefinition(
        String className,
        String purpose,
        Stage stage,
        List<String> reads,
        List<String> writes,
        boolean maintains,
        boolean buildsUsersTables,
        boolean records,
        SourceUser sourceUser,
        boolean parallelReads,
        List<FileAccess> files,
        SortedMap<String, String> defaultFiles,
        Workers workers,
        boolean deployed,
        boolean runsUntilStopped) {

    /** In place of tables' names: all that the registry has. */
    public static final String EVERY_TABLE = "*";

    /**
     * What a job does with files of the lake's bucket that are no table's.
     *
     * @param kind what
     * @param path a folder for {@link Kind#READ}, else a pattern with asterisks, below the lake's root
     */
    public record FileAccess(Kind kind, String path) {

        /** What is done with files. */
        public enum Kind {
            /** Reads what others deliver into a folder. */
            READ,
            /** Writes files that stay. */
            WRITE,
            /** Writes a file, reads it back and deletes it. */
            TRY
        }
    }

    public JobDefinition {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        files = List.copyOf(files);
        defaultFiles = Collections.unmodifiableSortedMap(new TreeMap<>(defaultFiles));
    }

    /** Begins the definition of a job of a stage. */
    public static Builder of(String className, Stage stage) {
        return new Builder(className, stage);
    }

    /** What a person types, e.g. {@code ExtractPurchases}. */
    public String name() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** The layer that it fills; {@code source} of one that makes the source, {@code ops} of any other. */
    public String layer() {
        if (!writes.isEmpty()) {
            return writes.get(0).substring(0, writes.get(0).indexOf('.'));
        }
        return sourceUser == SourceUser.ADMINISTRATOR ? "source" : "ops";
    }

    /** Whether the job connects to the source database, and so needs a secret. */
    public boolean connects() {
        return sourceUser != SourceUser.NONE;
    }

    @Override
    public String toString() {
        return name();
    }

    /** Collects what there is to say of a job; what is not said does not apply. */
    public static final class Builder {

        private final String className;
        private final Stage stage;
        private String purpose = "";
        private List<String> reads = List.of();
        private List<String> writes = List.of();
        private boolean maintains;
        private boolean buildsUsersTables;
        private boolean records = true;
        private SourceUser sourceUser = SourceUser.NONE;
        private boolean parallelReads;
        private final List<FileAccess> files = new ArrayList<>();
        private final SortedMap<String, String> defaultFiles = new TreeMap<>();
        private Workers workers = Workers.SMALL;
        private boolean deployed = true;
        private boolean runsUntilStopped;

        private Builder(String className, Stage stage) {
            this.className = className;
            this.stage = stage;
        }

        /** What it does, in a few words. */
        public Builder purpose(String text) {
            purpose = text;
            return this;
        }

        /** The tables that it reads. */
        public Builder reads(String... tables) {
            reads = List.of(tables);
            return this;
        }

        /** The tables that it publishes. */
        public Builder writes(String... tables) {
            writes = List.of(tables);
            return this;
        }

        /** It rewrites and removes files of every table. */
        public Builder maintainsEveryTable() {
            maintains = true;
            return this;
        }

        /** It publishes tables that users define, by definitions that they give it. */
        public Builder buildsUsersTables() {
            buildsUsersTables = true;
            return this;
        }

        /** It leaves no row in {@code ops.job_runs}. */
        public Builder withoutRecord() {
            records = false;
            return this;
        }

        /** It connects to the source. */
        public Builder connectsAs(SourceUser user) {
            sourceUser = user;
            return this;
        }

        /** It takes {@code --read-parallelism}. */
        public Builder readsInParallel() {
            parallelReads = true;
            return this;
        }

        /** It does this with files of the lake's bucket that are no table's. */
        public Builder files(FileAccess.Kind kind, String path) {
            files.add(new FileAccess(kind, path));
            return this;
        }

        /** On AWS, an option's default is files of the lake's bucket. */
        public Builder defaultFiles(String option, String pattern) {
            defaultFiles.put(option, pattern);
            return this;
        }

        /** How much it has to do. */
        public Builder workers(Workers size) {
            workers = size;
            return this;
        }

        /** It is no Glue job. */
        public Builder onlyByHand() {
            deployed = false;
            return this;
        }

        /** It has no end of its own. */
        public Builder runsUntilStopped() {
            runsUntilStopped = true;
            return this;
        }

        /** The definition. */
        public JobDefinition build() {
            return new JobDefinition(
                    className,
                    purpose,
                    stage,
                    reads,
                    writes,
                    maintains,
                    buildsUsersTables,
                    records,
                    sourceUser,
                    parallelReads,
                    files,
                    defaultFiles,
                    workers,
                    deployed,
                    runsUntilStopped);
        }
    }
}
