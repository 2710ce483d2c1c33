package io.retaillake.common.columnar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Binary;

/**
 * A string that each of many entities has, e.g. the name of a product. Entities are known by their numbers from zero on, and so are
 * the different strings, so that rows about an entity need no string to be told apart.
 */
public final class EncodedAttribute {

    /** In place of a string's number: there is none. */
    static final int NONE = ColumnChunkWriter.NULL;

    private final Map<Binary, Integer> numbersOfTexts = new HashMap<>();
    private final List<Binary> texts = new ArrayList<>();
    private int[] textsOfThings = new int[64];
    private int things;

    /** Adds the string, in UTF-8, of the next entity; null where it has none. */
    public void add(byte[] text) {
        if (things == textsOfThings.length) {
            textsOfThings = Arrays.copyOf(textsOfThings, Math.multiplyExact(2, things));
        }
        textsOfThings[things++] =
                text == null ? NONE : numbersOfTexts.computeIfAbsent(Binary.fromConstantByteArray(text), this::append);
    }

    private int append(Binary text) {
        texts.add(text);
        return texts.size() - 1;
    }

    /** The number of an entity's string; {@link #NONE} where it has none. */
    int textOf(int thing) {
        return textsOfThings[thing];
    }

    /** A string by its number. */
    Binary text(int number) {
        return texts.get(number);
    }

    /** How many different strings there are so far. */
    int differentTexts() {
        return texts.size();
    }
}
