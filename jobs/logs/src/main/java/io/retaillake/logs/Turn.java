package io.retaillake.logs;

import io.retaillake.common.json.JsonMembers;
import io.retaillake.common.json.JsonMembers.Member;
import io.retaillake.common.json.JsonScanner.Kind;
import io.retaillake.common.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A turn: all that a collector brings at once, and what the next must know. It is one object, {@code turns/<number>.json.gz}; the objects that it
 * lists are written from it afterwards, by whoever comes first.
 *
 * @param number from 1 on
 * @param collector who made it, a word of its own for each collector
 * @param answeredAt when the source's answer came
 * @param etag the answer's; null if it had none
 * @param lastModified the answer's; null if it had none
 * @param newestArrival the newest arrival of a record so far, in milliseconds since 1970; null if none had one
 * @param highestId the highest id of a record so far that is a number; null if there was none
 * @param gapsThrough the id up to which it was looked for what is missing; null if it wasn't, and in turns of versions before
 * @param gaps first → last of the ids that are missing
 * @param recent id → hash of the content, of the newest records
 * @param rejected hash of the item → reason, of the newest rejects
 * @param objects name → text of the objects that the turn brings
 */
record Turn(
        long number,
        String collector,
        Instant answeredAt,
        String etag,
        String lastModified,
        Long newestArrival,
        Long highestId,
        Long gapsThrough,
        Map<Long, Long> gaps,
        Map<String, String> recent,
        Map<String, String> rejected,
        Map<String, String> objects) {

    /** What there is before the first turn, or where the turns were lost after the turn {@code number}. */
    static Turn before(long number) {
        return new Turn(
                number, "", Instant.EPOCH, null, null, null, null, null, Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** The object. */
    byte[] bytes() {
        StringBuilder json = new StringBuilder(1 << 16);
        json.append("{\"number\":").append(number);
        JsonText.append(json.append(",\"collector\":"), collector);
        json.append(",\"answered_at\":").append(answeredAt.toEpochMilli());
        JsonText.append(json.append(",\"etag\":"), etag);
        JsonText.append(json.append(",\"last_modified\":"), lastModified);
        json.append(",\"newest_arrival\":").append(newestArrival);
        json.append(",\"highest_id\":").append(highestId);
        json.append(",\"gaps_through\":").append(gapsThrough);
        Map<String, String> ranges = new LinkedHashMap<>();
        gaps.forEach((first, last) -> ranges.put(first.toString(), last.toString()));
        append(json, "gaps", ranges);
        append(json, "recent", recent);
        append(json, "rejected", rejected);
        append(json, "objects", objects);
        return Gzip.of(json.append("}\n").toString());
    }

    private static void append(StringBuilder json, String name, Map<String, String> members) {
        JsonText.append(json.append(','), name);
        json.append(":{");
        String separator = "";
        for (Map.Entry<String, String> member : members.entrySet()) {
            JsonText.append(json.append(separator), member.getKey());
            JsonText.append(json.append(':'), member.getValue());
            separator = ",";
        }
        json.append('}');
    }

    /**
     * Reads the text of an object.
     *
     * @throws IllegalArgumentException if it is no turn's
     */
    static Turn read(String text) {
        JsonMembers members = members(text);
        Map<Long, Long> gaps = new TreeMap<>();
        texts(members, "gaps").forEach((first, last) -> gaps.put(Long.valueOf(first), Long.valueOf(last)));
        return new Turn(
                number(members, "number"),
                text(members, "collector"),
                Instant.ofEpochMilli(number(members, "answered_at")),
                text(members, "etag"),
                text(members, "last_modified"),
                number(members, "newest_arrival"),
                number(members, "highest_id"),
                members.named("gaps_through").isEmpty() ? null : number(members, "gaps_through"),
                gaps,
                texts(members, "recent"),
                texts(members, "rejected"),
                texts(members, "objects"));
    }

    private static JsonMembers members(String text) {
        return JsonMembers.of(text.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalArgumentException("it is no JSON object"));
    }

    private static Member member(JsonMembers members, String name) {
        return members.named(name).orElseThrow(() -> new IllegalArgumentException("it has no " + name));
    }

    private static Long number(JsonMembers members, String name) {
        Member member = member(members, name);
        return member.kind() == Kind.NULL ? null : Long.valueOf(members.json(member));
    }

    private static String text(JsonMembers members, String name) {
        Member member = member(members, name);
        return member.kind() == Kind.STRING ? members.text(member) : null;
    }

    private static Map<String, String> texts(JsonMembers members, String name) {
        JsonMembers object = members(members.json(member(members, name)));
        Map<String, String> texts = new LinkedHashMap<>();
        object.list().forEach(member -> texts.put(member.name(), object.text(member)));
        return texts;
    }

    @Override
    public String toString() {
        return "turn " + number;
    }
}
