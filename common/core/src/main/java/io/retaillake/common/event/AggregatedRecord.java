package io.retaillake.common.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes apart what the Kinesis Producer Library puts together: four bytes that mark it, a message in protobuf with all user records, and the
 * message's MD5. Firehose does so itself with what it reads from a Kinesis stream, but not with what producers put into it directly.
 */
public final class AggregatedRecord {

    private static final byte[] MARK = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
    private static final int DIGEST_BYTES = 16;

    /** The field of the message that is a user record, and the field of a user record that is its data. */
    private static final int RECORD = 3;

    private static final int DATA = 3;

    private AggregatedRecord() {}

    /** The data of each user record; the record itself, if it isn't an aggregated one, or not a whole one. */
    public static List<byte[]> userRecords(byte[] record) {
        if (!isAggregated(record)) {
            return List.of(record);
        }
        List<byte[]> data = new ArrayList<>();
        int end = record.length - DIGEST_BYTES;
        for (ProtobufFields records = new ProtobufFields(record, MARK.length, end); records.next(); ) {
            if (records.isBytes(RECORD)) {
                byte[] one = data(record, records.from(), records.to());
                if (one == null) {
                    return List.of(record);
                }
                data.add(one);
            } else if (records.malformed()) {
                return List.of(record);
            }
        }
        return data.isEmpty() ? List.of(record) : data;
    }

    private static byte[] data(byte[] record, int from, int to) {
        byte[] data = null;
        ProtobufFields fields = new ProtobufFields(record, from, to);
        while (fields.next()) {
            if (fields.malformed()) {
                return null;
            }
            if (fields.isBytes(DATA)) {
                data = Arrays.copyOfRange(record, fields.from(), fields.to());
            }
        }
        return data;
    }

    private static boolean isAggregated(byte[] record) {
        return record.length >= MARK.length + DIGEST_BYTES
                && Arrays.equals(record, 0, MARK.length, MARK, 0, MARK.length)
                && Arrays.equals(
                        md5(record, MARK.length, record.length - DIGEST_BYTES),
                        Arrays.copyOfRange(record, record.length - DIGEST_BYTES, record.length));
    }

    private static byte[] md5(byte[] bytes, int from, int to) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(bytes, from, to - from);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no MD5, which every Java must have", e);
        }
    }
}
