package io.retaillake.common.accesslog;

import io.retaillake.common.accesslog.FieldValue.Form;
import io.retaillake.common.json.JsonMembers;
import io.retaillake.common.json.JsonMembers.Member;
import io.retaillake.common.json.JsonScanner.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what is in a token: a JSON object (RFC 8259) or else a Python dict as {@code repr} writes it, which is parsed and never evaluated. Takes
 * time in proportion to the bytes.
 */
public final class RecordParser {

    /** How large a record may be. */
    public static final int MAX_BYTES = 1 << 20;

    private RecordParser() {}

    /**
     * The record's fields, in its order.
     *
     * @throws NotARecordException if it is neither, names a field twice, is too large or takes too long
     */
    public static Map<String, FieldValue> parse(byte[] plainText, Deadline deadline) throws NotARecordException {
        if (plainText.length > MAX_BYTES) {
            throw new NotARecordException(
                    RejectReason.TOO_LARGE,
                    "the record has " + plainText.length + " bytes, more than the " + MAX_BYTES + " that it may have");
        }
        deadline.check();
        Optional<JsonMembers> json = JsonMembers.of(plainText);
        deadline.check();
        return json.isPresent() ? fields(json.get()) : new PythonDict(text(plainText), deadline).fields();
    }

    private static Map<String, FieldValue> fields(JsonMembers members) throws NotARecordException {
        Map<String, FieldValue> fields = new LinkedHashMap<>();
        for (Member member : members.list()) {
            put(fields, member.name(), value(members, member));
        }
        return fields;
    }

    private static FieldValue value(JsonMembers members, Member member) {
        if (member.kind() == Kind.STRING) {
            String text = members.text(member);
            if (!FieldValue.hasLoneSurrogate(text)) {
                return new FieldValue(Form.STRING, text);
            }
        }
        return new FieldValue(Form.JSON, members.json(member));
    }

    static void put(Map<String, FieldValue> fields, String name, FieldValue value) throws NotARecordException {
        if (FieldValue.hasLoneSurrogate(name)) {
            throw notARecord("a field's name has half of a surrogate pair");
        }
        if (fields.put(name, value) != null) {
            throw notARecord("it names a field twice");
        }
    }

    private static String text(byte[] plainText) throws NotARecordException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plainText))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notARecord("it is not UTF-8");
        }
    }

    static NotARecordException notARecord(String why) {
        return new NotARecordException(
                RejectReason.NOT_A_RECORD, "what is in the token is neither a JSON object nor a Python dict: " + why);
    }
}
