package io.retaillake.common.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.OpsTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {

    @TempDir
    private Path folder;

    @Test
    void aLakesFilesAreCreatedWithoutStartingAProcessForEach() throws IOException {
        Lake lake = LocalLakes.open(folder.resolve("lake"));

        List<String> commands = startedWhile(() -> lake.findOrCreate(OpsTables.JOB_RUNS));

        assertThat(files(folder.resolve("lake"), ".metadata.json")).isNotEmpty();
        assertThat(commands).isEmpty();
    }

    @Test
    void areListedWithTheirPermissionsWithoutStartingAProcessForEach() throws IOException {
        Path file = Files.createDirectories(folder.resolve("2024 해")).resolve("매출 1");
        Files.writeString(file, "12345");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r---w-"));
        List<LocatedFileStatus> found = new ArrayList<>();

        List<String> commands = startedWhile(() -> {
            try (FileSystem files = new LocalFiles()) {
                files.initialize(folder.toUri(), new Configuration());
                RemoteIterator<LocatedFileStatus> all =
                        files.listFiles(new org.apache.hadoop.fs.Path(folder.toUri()), true);
                while (all.hasNext()) {
                    found.add(all.next());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(commands).isEmpty();
        assertThat(found).singleElement().satisfies(status -> {
            assertThat(status.getPath().toUri().getPath()).isEqualTo(file.toString());
            assertThat(status.getLen()).isEqualTo(5);
            assertThat(status.getPermission()).hasToString("rw-r---w-");
            assertThat(status.getOwner()).isEqualTo(Files.getOwner(file).getName());
        });
    }

    @Test
    void haveThePermissionsThatHadoopIsToldAndChecksums() throws IOException {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.permissions.umask-mode", "027");
        Path file = folder.resolve("매출 1");
        try (FileSystem files = new LocalFiles()) {
            files.initialize(folder.toUri(), hadoop);
            files.create(new org.apache.hadoop.fs.Path(file.toUri())).close();
            assertThat(permissions(file)).isEqualTo("rw-r-----");

            files.setPermission(new org.apache.hadoop.fs.Path(file.toUri()), new FsPermission("0701"));
        }
        assertThat(permissions(file)).isEqualTo("rwx-----x");
        assertThat(folder.resolve(".매출 1.crc")).exists();
    }

    private List<String> startedWhile(Runnable work) throws IOException {
        Path events = folder.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ProcessStart");
            recording.start();
            work.run();
            recording.stop();
            recording.dump(events);
        }
        return RecordingFile.readAllEvents(events).stream()
                .map((RecordedEvent event) -> event.getString("command"))
                .toList();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
