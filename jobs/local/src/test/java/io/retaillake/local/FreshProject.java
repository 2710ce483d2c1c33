package io.retaillake.local;

import io.retaillake.common.command.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with this project's jars in which nothing has run yet: {@code bin/pipeline} has there a database, temporary files
 * and logs of its own.
 *
 * @param root the folder
 */
record FreshProject(Path root) {

    static FreshProject in(Path folder) throws IOException {
        Path root = Files.createDirectory(folder.resolve("project"));
        Files.createSymbolicLink(root.resolve("jobs"), Submission.PROJECT.root().resolve("jobs"));
        return new FreshProject(root);
    }

    /** What processes keep while they run; secrets among it. */
    Path temporaryFiles() {
        return root.resolve(".work/tmp");
    }

    /** Deletes the databases, as if none had been made. */
    void deleteDatabases() {
        TemporaryFolder.deleteTree(root.resolve(".work/database"));
    }
}
