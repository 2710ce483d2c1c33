package io.retaillake.common.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Writes aggregated records as the Kinesis Producer Library does. */
public final class Aggregates {

    private Aggregates() {}

    /** A message with the mark before it and its digest behind it. */
    public static byte[] record(byte[] message) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(new byte[] {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2});
        record.writeBytes(message);
        try {
            record.writeBytes(MessageDigest.getInstance("MD5").digest(message));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return record.toByteArray();
    }

    /** Two partition keys, an explicit hash key, then the user records, each with a tag. */
    public static byte[] message(List<byte[]> userRecords) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        bytes(message, 1, ascii("key"));
        bytes(message, 1, ascii("another"));
        bytes(message, 2, ascii("170141183460469231731687303715884105728"));
        for (byte[] data : userRecords) {
            ByteArrayOutputStream tag = new ByteArrayOutputStream();
            bytes(tag, 1, ascii("tag"));
            ByteArrayOutputStream record = new ByteArrayOutputStream();
            number(record, 1, 1);
            number(record, 2, 0);
            bytes(record, 3, data);
            bytes(record, 4, tag.toByteArray());
            bytes(message, 3, record.toByteArray());
        }
        return message.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int field, int value) {
        varint(out, field << 3);
        varint(out, value);
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
        varint(out, field << 3 | 2);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7F) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
