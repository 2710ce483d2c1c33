package io.retaillake.jobs.silver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Things of one kind that purchases name, numbered from zero on, each with texts. A purchase then carries the number, and a
 * text is made once for each thing.
 *
 * @param <K> what a thing is known by
 */
final class NumberedThings<K> {

    /** The number of what was not added. */
    static final int UNKNOWN = -1;

    private final Map<K, Integer> numbers = new HashMap<>();
    private final List<byte[][]> texts = new ArrayList<>();

    int numberOf(K key) {
        Integer number = numbers.get(key);
        return number == null ? UNKNOWN : number;
    }

    /** Adds a thing with its texts in UTF-8, null where there is none, and returns its number. */
    int add(K key, byte[][] textsOfThing) {
        int number = texts.size();
        numbers.put(key, number);
        texts.add(textsOfThing);
        return number;
    }

    /** One of the texts by the thing's number. */
    IntFunction<byte[]> text(int index) {
        return number -> texts.get(number)[index];
    }
}
