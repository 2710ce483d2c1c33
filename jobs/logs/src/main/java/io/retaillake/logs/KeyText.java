package io.retaillake.logs;

import com.macasaet.fernet.Key;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.json.JsonElements;
import io.retaillake.common.json.JsonMembers;
import io.retaillake.common.json.JsonMembers.Member;
import io.retaillake.common.json.JsonScanner.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads keys from a text: one a line, or as JSON {@code {"key": "…"}} or {@code {"keys": ["…", "…"]}}. */
final class KeyText {

    private KeyText() {}

    /**
     * The keys in their order.
     *
     * @param place where the text is from, for messages
     * @throws JobException exit code 2 with all that is wrong, but no key
     */
    static List<Key> read(String text, String place) {
        List<String> written = text.stripLeading().startsWith("{") ? json(text, place) : lines(text);
        Problems problems = new Problems();
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            try {
                keys.add(new Key(written.get(i)));
            } catch (RuntimeException e) {
                // The library says so in several ways, some of which it doesn't document.
                problems.add(
                        "key " + (i + 1) + " is no Fernet key: allowed are 32 bytes in url-safe Base64, 44 characters");
            }
        }
        if (written.isEmpty()) {
            problems.add("there is no key");
        }
        problems.throwIfAny("The keys in " + place + " can't be used:");
        return keys;
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static List<String> json(String text, String place) {
        JsonMembers members =
                JsonMembers.of(text.getBytes(StandardCharsets.UTF_8)).orElse(null);
        Member key = members == null ? null : members.named("key").orElse(null);
        if (key != null && key.kind() == Kind.STRING) {
            return List.of(members.text(key));
        }
        Member keys = members == null ? null : members.named("keys").orElse(null);
        if (keys == null || keys.kind() != Kind.ARRAY) {
            throw JobException.badArguments(
                    "The keys in " + place
                            + " can't be used: allowed are one key a line, {\"key\": \"…\"}, or {\"keys\": [\"…\", …]}, the newest first.");
        }
        // What is no string is no key either.
        return JsonElements.of(members.json(keys).getBytes(StandardCharsets.UTF_8)).orElseThrow().stream()
                .map(element -> new String(element, StandardCharsets.UTF_8).replace("\"", ""))
                .toList();
    }
}
