package io.retaillake.logs;

import com.macasaet.fernet.Key;
import com.macasaet.fernet.Token;
import com.macasaet.fernet.Validator;
import io.retaillake.common.accesslog.NotARecordException;
import io.retaillake.common.accesslog.RecordParser;
import io.retaillake.common.accesslog.RejectReason;
import io.retaillake.common.job.JobException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/**
 * Opens tokens with the keys that there are. If none fits they are read again, for they may have been rotated, but once a minute at most: tokens
 * that were made with another key would cost a call each.
 */
public final class KeyRing {

    private static final Duration READ_AGAIN_AFTER = Duration.ofMinutes(1);

    /** Of the most characters that a record of {@link RecordParser#MAX_BYTES} becomes: in Base64, with what a token adds. */
    private static final int MAX_TOKEN_LENGTH = RecordParser.MAX_BYTES / 3 * 4 + 256;

    /** What is stored is read whenever it was made: no token is too old, or too early. */
    private static final Validator<byte[]> ANY_TIME = new Validator<>() {

        @Override
        public Clock getClock() {
            return Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        }

        @Override
        public Duration getTimeToLive() {
            return Duration.ofDays(1);
        }

        @Override
        public Duration getMaxClockSkew() {
            return Duration.ofDays(365L * 1_000_000);
        }

        @Override
        public Function<byte[], byte[]> getTransformer() {
            return Function.identity();
        }
    };

    private final KeySource source;
    private final Clock clock;
    private List<Key> keys = List.of();
    private Instant readAt = Instant.EPOCH;

    /** Keys are read when the first token is opened. */
    public KeyRing(KeySource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * What is in a token.
     *
     * @throws NotARecordException {@link RejectReason#TOO_LARGE}, {@link RejectReason#NOT_A_TOKEN} or {@link RejectReason#NOT_VERIFIED}
     * @throws JobException if no keys can be read; once there are some, they are used as long as they can't be read again
     */
    public byte[] open(String text) throws NotARecordException {
        if (text.length() > MAX_TOKEN_LENGTH) {
            throw new NotARecordException(
                    RejectReason.TOO_LARGE,
                    "the token has " + text.length() + " characters, more than the " + MAX_TOKEN_LENGTH
                            + " that it may have");
        }
        Token token = token(text);
        byte[] plainText = open(token);
        if (plainText == null && clock.instant().minus(READ_AGAIN_AFTER).isAfter(readAt)) {
            readAgain();
            plainText = open(token);
        }
        if (plainText == null) {
            throw new NotARecordException(
                    RejectReason.NOT_VERIFIED, "no key that is known made the token, or it was changed");
        }
        return plainText;
    }

    private void readAgain() {
        Instant now = clock.instant();
        try {
            keys = source.read();
        } catch (JobException e) {
            // What the known keys open need not wait for those that can't be read.
            if (keys.isEmpty()) {
                throw e;
            }
        }
        readAt = now;
    }

    private static Token token(String text) throws NotARecordException {
        try {
            return Token.fromString(text);
        } catch (RuntimeException e) {
            // The library says so in several ways, some of which it doesn't document.
            throw new NotARecordException(RejectReason.NOT_A_TOKEN, "data is no Fernet token");
        }
    }

    private byte[] open(Token token) {
        for (Key key : keys) {
            byte[] plainText = open(token, key);
            if (plainText != null) {
                return plainText;
            }
        }
        return null;
    }

    private static byte[] open(Token token, Key key) {
        try {
            return token.validateAndDecrypt(key, ANY_TIME);
        } catch (RuntimeException e) {
            // As above. Another key may have made it.
            return null;
        }
    }
}
