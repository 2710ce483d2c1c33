package io.retaillake.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for passwords where others on the machine could read them: command lines, environments, files. */
final class SecretWatch {

    private final List<String> passwords;
    private final Set<String> leaks = new LinkedHashSet<>();
    private final Set<Long> processes = new LinkedHashSet<>();

    SecretWatch(List<String> passwords) {
        this.passwords = passwords;
    }

    /** Looks at a running process and all that it has started. */
    void inspect(Process process) {
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(handle -> {
            inspect(handle, "cmdline");
            inspect(handle, "environ");
        });
    }

    private void inspect(ProcessHandle handle, String what) {
        try {
            String text =
                    Files.readString(Path.of("/proc", Long.toString(handle.pid()), what), StandardCharsets.ISO_8859_1);
            processes.add(handle.pid());
            inspect(text, what + " of process " + handle.pid());
        } catch (IOException e) {
            // It has ended meanwhile.
        }
    }

    /** Looks into every file below {@code folder}, whatever it is. */
    void inspectFiles(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                inspect(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
            }
        }
    }

    void inspect(String text, String where) {
        passwords.stream().filter(text::contains).forEach(password -> leaks.add(where));
    }

    /** Where a password was seen. */
    Set<String> leaks() {
        return Set.copyOf(leaks);
    }

    /** How many processes were looked at. */
    int processCount() {
        return processes.size();
    }
}
