package io.retaillake.logs;

import com.macasaet.fernet.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import javax.crypto.spec.IvParameterSpec;

/** Makes Fernet tokens of which the same seed gives the same; for trials only, where nobody's data is in them. */
final class TokenWriter {

    private static final byte VERSION = (byte) 0x80;
    private static final int IV_BYTES = 16;

    private TokenWriter() {}

    static String token(Key key, String text, Instant at, Random random) {
        byte[] ivBytes = new byte[IV_BYTES];
        random.nextBytes(ivBytes);
        IvParameterSpec iv = new IvParameterSpec(ivBytes);
        byte[] cipherText = key.encrypt(text.getBytes(StandardCharsets.UTF_8), iv);
        Instant second = Instant.ofEpochSecond(at.getEpochSecond());
        byte[] signature = key.sign(VERSION, second, iv, cipherText);
        ByteBuffer token = ByteBuffer.allocate(1 + Long.BYTES + IV_BYTES + cipherText.length + signature.length)
                .put(VERSION)
                .putLong(second.getEpochSecond())
                .put(ivBytes)
                .put(cipherText)
                .put(signature);
        return Base64.getUrlEncoder().encodeToString(token.array());
    }
}
