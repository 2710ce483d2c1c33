package io.retaillake.common.event;

/** Goes over the fields of one protobuf message, of which only those of bytes have a use here. */
final class ProtobufFields {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final byte[] message;
    private final int end;
    private int position;
    private int number;
    private int wireType;
    private int from;
    private boolean malformed;

    ProtobufFields(byte[] message, int from, int to) {
        this.message = message;
        this.position = from;
        this.end = to;
    }

    /** Goes on to the next field; false after the last one and after a malformed one. */
    boolean next() {
        if (malformed || position == end) {
            return false;
        }
        long tag = varint();
        number = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        from = position;
        switch (wireType) {
            case VARINT -> varint();
            case FIXED_64 -> skip(8);
            case FIXED_32 -> skip(4);
            case BYTES -> {
                long length = varint();
                from = position;
                skip(length);
            }
            default -> malformed = true;
        }
        return true;
    }

    /** Whether the message is not protobuf from this field on. */
    boolean malformed() {
        return malformed;
    }

    /** Whether this is the field of that number, and bytes. */
    boolean isBytes(int fieldNumber) {
        return !malformed && wireType == BYTES && number == fieldNumber;
    }

    int from() {
        return from;
    }

    int to() {
        return position;
    }

    private void skip(long count) {
        if (count < 0 || count > end - position) {
            malformed = true;
        } else {
            position += (int) count;
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64 && position < end; shift += 7) {
            byte b = message[position++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        malformed = true;
        return 0;
    }
}
