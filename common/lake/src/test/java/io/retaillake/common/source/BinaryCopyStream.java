package io.retaillake.common.source;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What PostgreSQL answers to COPY in binary format. */
public final class BinaryCopyStream {

    private BinaryCopyStream() {}

    /** The format as PostgreSQL's documentation of COPY describes it. */
    public static byte[] of(Object[]... rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0});
        out.writeInt(0);
        out.writeInt(0);
        for (Object[] row : rows) {
            out.writeShort(row.length);
            for (Object field : row) {
                if (field == null) {
                    out.writeInt(-1);
                } else if (field instanceof Double number) {
                    out.writeInt(Double.BYTES);
                    out.writeDouble(number);
                } else {
                    byte[] text = field.toString().getBytes(StandardCharsets.UTF_8);
                    out.writeInt(text.length);
                    out.write(text);
                }
            }
        }
        out.writeShort(-1);
        return bytes.toByteArray();
    }
}
