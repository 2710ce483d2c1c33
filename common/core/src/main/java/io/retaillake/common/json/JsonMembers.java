package io.retaillake.common.json;

import io.retaillake.common.json.JsonScanner.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The members of one JSON object, in their order: what kind of value each has, and where it stands. */
public final class JsonMembers {

    /** A member; {@code [from, to)} are the bytes of its value. */
    public record Member(String name, Kind kind, int from, int to, boolean escaped) {}

    private final byte[] bytes;
    private final List<Member> members;

    private JsonMembers(byte[] bytes, List<Member> members) {
        this.bytes = bytes;
        this.members = members;
    }

    /** Those of the object that {@code bytes} are, with nothing but whitespace around it; none if they are something else. */
    public static Optional<JsonMembers> of(byte[] bytes) {
        JsonScanner scanner = new JsonScanner(bytes, 0);
        scanner.skipWhitespace();
        if (!scanner.take('{')) {
            return Optional.empty();
        }
        List<Member> members = new ArrayList<>();
        scanner.skipWhitespace();
        if (!scanner.take('}')) {
            do {
                scanner.skipWhitespace();
                Optional<Member> member = member(bytes, scanner);
                if (member.isEmpty()) {
                    return Optional.empty();
                }
                members.add(member.get());
                scanner.skipWhitespace();
            } while (scanner.take(','));
            if (!scanner.take('}')) {
                return Optional.empty();
            }
        }
        scanner.skipWhitespace();
        return scanner.atEnd() ? Optional.of(new JsonMembers(bytes, members)) : Optional.empty();
    }

    private static Optional<Member> member(byte[] bytes, JsonScanner scanner) {
        int nameFrom = scanner.position() + 1;
        if (!scanner.string()) {
            return Optional.empty();
        }
        String name = JsonText.of(bytes, nameFrom, scanner.position() - 1, scanner.escaped());
        scanner.skipWhitespace();
        if (!scanner.take(':')) {
            return Optional.empty();
        }
        scanner.skipWhitespace();
        int from = scanner.position();
        Kind kind = scanner.value(1);
        return kind == Kind.MALFORMED
                ? Optional.empty()
                : Optional.of(new Member(name, kind, from, scanner.position(), scanner.escaped()));
    }

    /** All of them. */
    public List<Member> list() {
        return List.copyOf(members);
    }

    /** The first with this name. */
    public Optional<Member> named(String name) {
        for (Member member : members) {
            if (member.name().equals(name)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    /** A member's value as it was written: for a string with its quotes. */
    public String json(Member member) {
        return new String(bytes, member.from(), member.to() - member.from(), StandardCharsets.UTF_8);
    }

    /** The text of a member that is a string. */
    public String text(Member member) {
        return JsonText.of(bytes, member.from() + 1, member.to() - 1, member.escaped());
    }
}
