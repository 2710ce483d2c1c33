package io.retaillake.logs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The newest so many entries of what has been seen: an id and what was there, or an item's hash and why it was rejected. */
final class Recent {

    /** Ten answers of a hundred items: far more than what a source shows. */
    static final int MOST = 1000;

    private final LinkedHashMap<String, String> entries = new LinkedHashMap<>();

    Recent(Map<String, String> entries) {
        this.entries.putAll(entries);
    }

    String get(String key) {
        return entries.get(key);
    }

    /** Adds an entry as the newest. */
    void put(String key, String value) {
        entries.remove(key);
        entries.put(key, value);
        if (entries.size() > MOST) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    /** The oldest first. */
    Map<String, String> entries() {
        return Collections.unmodifiableMap(entries);
    }
}
