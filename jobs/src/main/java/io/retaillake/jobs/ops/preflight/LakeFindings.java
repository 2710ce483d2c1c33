package io.retaillake.jobs.ops.preflight;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.sqltable.LakeTables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What a run would meet at the lake. Writes one small file and deletes it. */
public final class LakeFindings {

    private LakeFindings() {}

    /** Checks everything that can be checked; makes the lake's folder and its local catalog where there are none. */
    public static void find(LakeSettings settings, Findings findings) {
        Lake lake;
        try {
            lake = Lake.open(settings, "Preflight");
        } catch (JobException e) {
            findings.problem("lake", e);
            findings.skipped("catalog", "the lake can't be opened");
            return;
        }
        findWritability(lake, findings);
        findTables(lake, findings);
    }

    private static void findWritability(Lake lake, Findings findings) {
        Path file = new Path(lake.settings().root() + "/data/.preflight-" + UUID.randomUUID());
        byte[] content = "Preflight".getBytes(StandardCharsets.UTF_8);
        try {
            FileSystem files = file.getFileSystem(lake.spark().sessionState().newHadoopConf());
            try (OutputStream out = files.create(file, false)) {
                out.write(content);
            }
            try (InputStream in = files.open(file)) {
                if (!Arrays.equals(in.readAllBytes(), content)) {
                    throw new IOException("what was read back is not what was written");
                }
            }
            if (!files.delete(file, false)) {
                throw new IOException("it could not be deleted");
            }
            findings.ok("lake", lake.settings().root() + ": a file was written, read and deleted");
        } catch (IOException e) {
            findings.problem(
                    "lake",
                    ExitCode.OUTSIDE_SYSTEM,
                    "The file " + file + " could not be written, read and deleted: "
                            + e.getMessage()
                            + "\nLet this user (on AWS: the job's role) read, write, list and delete below "
                            + lake.settings().root() + "/data.");
        }
    }

    private static void findTables(Lake lake, Findings findings) {
        int there = 0;
        boolean readable = true;
        List<TableContract> tables;
        try {
            tables = LakeTables.of(lake).registry().contracts();
        } catch (RuntimeException e) {
            // Each catalog has exceptions of its own.
            findings.problem("catalog", ExitCode.OUTSIDE_SYSTEM, unreachable("The tables can't be listed", e));
            return;
        }
        Set<String> said = new HashSet<>();
        for (TableContract contract : tables) {
            try {
                there += lake.findWritable(contract).isPresent() ? 1 : 0;
            } catch (JobException e) {
                readable = false;
                // Of a lake that was copied or moved, the same is wrong with every table.
                if (said.add(e.getMessage().replace(contract.folder(), "").replace(contract.qualifiedName(), ""))) {
                    findings.problem("catalog", e);
                }
            } catch (RuntimeException e) {
                // Each catalog has exceptions of its own.
                readable = false;
                findings.problem("catalog", ExitCode.OUTSIDE_SYSTEM, unreachable(contract + " can't be looked up", e));
                break;
            }
        }
        if (readable) {
            findings.ok(
                    "catalog",
                    there + " of " + tables.size() + " tables are there"
                            + (there == 0 ? "; a first run makes them" : ""));
        }
    }

    private static String unreachable(String what, RuntimeException failure) {
        Throwable innermost =
                Failures.causes(failure).reduce((outer, inner) -> inner).orElse(failure);
        return what + ": " + innermost.getMessage()
                + "\nCheck --catalog, --catalog-file, AWS_REGION and the permissions on the catalog.";
    }
}
