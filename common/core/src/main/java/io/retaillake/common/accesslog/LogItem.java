package io.retaillake.common.accesslog;

import io.retaillake.common.accesslog.FieldValue.Form;
import io.retaillake.common.json.JsonMembers;
import io.retaillake.common.json.JsonMembers.Member;
import io.retaillake.common.json.JsonScanner.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An item of the source's answer: {@code {"recordId": …, "ArrivalTimeStamp": …, "data": "<token>"}}.
 *
 * @param id its {@code recordId} as text; null if it has none that can be one
 * @param arrivedAtMillis its {@code ArrivalTimeStamp} in milliseconds since 1970; null if it has none that is understood
 * @param token its {@code data}; null if that is no string
 * @param others what it says beyond these: field → JSON
 */
public record LogItem(String id, Long arrivedAtMillis, String token, Map<String, String> others) {

    private static final String ID = "recordId";
    private static final String DATA = "data";
    private static final String IN_DATE = LogField.IN_DATE.source();
    private static final int LONGEST_ID = 256;

    /** Reads an item; none if the bytes are no JSON object, or it names a field twice. */
    public static Optional<LogItem> of(byte[] json) {
        JsonMembers members = JsonMembers.of(json).orElse(null);
        if (members == null
                || members.list().stream().map(Member::name).distinct().count()
                        < members.list().size()) {
            return Optional.empty();
        }
        String id = null;
        Long arrivedAt = null;
        String token = null;
        Map<String, String> others = new LinkedHashMap<>();
        for (Member member : members.list()) {
            String value = members.json(member);
            if (FieldValue.hasLoneSurrogate(member.name())) {
                return Optional.empty();
            }
            if (member.name().equals(ID)) {
                id = id(members, member);
            } else if (member.name().equals(DATA)) {
                token = member.kind() == Kind.STRING ? members.text(member) : null;
            } else if (member.name().equals(ArrivalTime.FIELD)) {
                ArrivalTime time = ArrivalTime.of(member.kind(), value);
                arrivedAt = time.millis();
                if (!time.exact()) {
                    others.put(member.name(), value);
                }
            } else {
                others.put(member.name(), value);
            }
        }
        return Optional.of(new LogItem(id, arrivedAt, token, others));
    }

    private static String id(JsonMembers members, Member member) {
        String id = switch (member.kind()) {
            case STRING -> members.text(member);
            case NUMBER -> members.json(member);
            default -> "";
        };
        boolean isWhole = member.kind() == Kind.STRING || id.chars().allMatch(c -> c == '-' || Character.isDigit(c));
        return id.isEmpty() || id.length() > LONGEST_ID || !isWhole || FieldValue.hasLoneSurrogate(id) ? null : id;
    }

    /**
     * The record, from what its token holds.
     *
     * @throws NotARecordException if that is none, or has no time
     */
    public AccessLog record(byte[] plainText, Deadline deadline) throws NotARecordException {
        Map<String, FieldValue> fields = RecordParser.parse(plainText, deadline);
        if (hour(fields).isEmpty()) {
            throw new NotARecordException(
                    RejectReason.NO_TIME,
                    fields.containsKey(IN_DATE)
                            ? IN_DATE + " is no time like 2023-03-20 10:05:07.123456"
                            : IN_DATE + " is missing");
        }
        return new AccessLog(id, arrivedAtMillis, others, fields);
    }

    /** The hour that a record is stored in. */
    public static LogHour hour(AccessLog log) {
        return hour(log.fields()).orElseThrow();
    }

    private static Optional<LogHour> hour(Map<String, FieldValue> fields) {
        return Optional.ofNullable(fields.get(IN_DATE))
                .filter(value -> value.form() == Form.STRING)
                .flatMap(value -> LogHour.of(value.text()));
    }

    @Override
    public String toString() {
        return "item with the id " + id;
    }
}
