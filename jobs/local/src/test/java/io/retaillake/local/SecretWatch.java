package io.retaillake.local;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Looks for passwords where others on the machine could read them: command lines, environments, files. */
final class SecretWatch {

    private static final int ASCII_END = 128;
    private static final int BASE64_BYTES = 3;

    private final List<String> forms;
    private final Set<String> leaks = new LinkedHashSet<>();
    private final Set<Long> processes = new LinkedHashSet<>();

    /** Each of {@code passwords} is looked for as it is and as what software makes of it. */
    SecretWatch(List<String> passwords) {
        this.forms = passwords.stream().flatMap(SecretWatch::forms).distinct().toList();
    }

    private static Stream<String> forms(String password) {
        String url = URLEncoder.encode(password, StandardCharsets.UTF_8);
        String json = password.replace("\\", "\\\\").replace("\"", "\\\"");
        String ascii = json.chars()
                .mapToObj(c -> c < ASCII_END ? Character.toString(c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
        Stream<String> base64 = IntStream.range(0, BASE64_BYTES)
                .mapToObj(before -> base64(password, before))
                .flatMap(text -> Stream.of(text, text.replace('+', '-').replace('/', '_')));
        return Stream.concat(
                        base64,
                        Stream.of(password, json, json.replace("/", "\\/"), ascii, url, url.replace("+", "%20")))
                // Files are read byte for byte, whatever they hold.
                .flatMap(form -> Stream.of(
                        form, new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
    }

    /** What {@code password} is in Base64 of a longer text, so many bytes after the beginning of a group of three. */
    private static String base64(String password, int before) {
        byte[] bytes = (" ".repeat(before) + password).getBytes(StandardCharsets.UTF_8);
        String text = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        int first = before == 0 ? 0 : before + 1;
        return text.substring(first, bytes.length % BASE64_BYTES == 0 ? text.length() : text.length() - 1);
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
        forms.stream().filter(text::contains).forEach(form -> leaks.add(where));
    }

    /** How many files lie below {@code folder}. */
    static long fileCount(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
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
