package io.retaillake.common.columnar;

import org.apache.parquet.io.api.Binary;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Entities that are known by a string each, numbered from zero on: first those of a dictionary that is shared and does not change, then
 * those that a task meets beyond it, in the order of their first appearance.
 */
public final class EncodedKeys implements EntityTexts {

    private final StringDictionary shared;
    private final int sharedKeys;
    private final StringDictionary own = new StringDictionary();
    private int last = NONE;

    /** Those of {@code shared}, which many may share and nobody may change. */
    public EncodedKeys(StringDictionary shared) {
        this.shared = shared;
        this.sharedKeys = shared.size();
    }

    /** How many there are. */
    public int size() {
        return sharedKeys + own.size();
    }

    /** The number of a key; where it is new, it gets the next one, which was {@link #size}. */
    public int numberOf(UTF8String key) {
        if (key.getBaseObject() instanceof byte[] bytes) {
            // Where the bytes are, without a copy: Spark counts from the beginning of the array's object.
            return numberOf(bytes, (int) (key.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET), key.numBytes());
        }
        byte[] copy = key.getBytes();
        return numberOf(copy, 0, copy.length);
    }

    /** The number of a key, given by its UTF-8 bytes. */
    public int numberOf(byte[] bytes, int start, int length) {
        // Lines of one receipt follow each other.
        if (last == NONE || !isKey(last, bytes, start, length)) {
            int known = sharedKeys == 0 ? NONE : shared.find(bytes, start, length);
            last = known == NONE ? sharedKeys + own.numberOf(bytes, start, length) : known;
        }
        return last;
    }

    private boolean isKey(int number, byte[] bytes, int start, int length) {
        return number < sharedKeys
                ? shared.isText(number, bytes, start, length)
                : own.isText(number - sharedKeys, bytes, start, length);
    }

    /** Each entity has a string of its own. */
    @Override
    public int textOf(int entity) {
        return entity;
    }

    @Override
    public int differentTexts() {
        return size();
    }

    @Override
    public Binary text(int number) {
        return number < sharedKeys ? shared.binary(number) : own.binary(number - sharedKeys);
    }

    @Override
    public void put(PageBuffer page, int number) {
        if (number < sharedKeys) {
            shared.put(page, number);
        } else {
            own.put(page, number - sharedKeys);
        }
    }
}
