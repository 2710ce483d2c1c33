package io.retaillake.logs;

import io.retaillake.common.accesslog.AccessLog;
import io.retaillake.common.accesslog.AccessLogLineReader;
import io.retaillake.common.accesslog.LogHour;
import io.retaillake.common.accesslog.MalformedLineException;
import io.retaillake.common.job.JobException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The records that an hour's objects have, for what is shown again long after. Each object is read once; the hours that were looked at last are kept. */
final class StoredIds {

    private static final int HOURS = 4;

    private final LogStore store;
    private final Map<LogHour, Hour> hours = new LinkedHashMap<>(16, 0.75f, true) {

        @Override
        protected boolean removeEldestEntry(Map.Entry<LogHour, Hour> eldest) {
            return size() > HOURS;
        }
    };

    /** The names of the objects that were read, and id → hash of the content of their records. */
    private record Hour(Set<String> objects, Map<String, String> ids) {}

    StoredIds(LogStore store) {
        this.store = store;
    }

    /** id → hash of the content, of all records that the hour's objects have now. */
    Map<String, String> of(LogHour hour) {
        Hour known = hours.computeIfAbsent(hour, any -> new Hour(new HashSet<>(), new HashMap<>()));
        for (String name : store.list(Names.hourFolder(hour))) {
            if (Names.turnOfHourObject(name).isPresent() && known.objects.add(name)) {
                store.read(name).ifPresent(bytes -> add(name, bytes, known.ids));
            }
        }
        return known.ids;
    }

    private static void add(String name, byte[] bytes, Map<String, String> ids) {
        try {
            for (String line : Gzip.text(bytes).lines().toList()) {
                AccessLog log = AccessLogLineReader.read(line);
                ids.putIfAbsent(log.sourceId(), log.contentHash());
            }
        } catch (IOException | MalformedLineException e) {
            throw JobException.outsideSystem(
                    name + " is damaged: " + e.getMessage()
                            + "\nThe collector writes no such object and needs it to know what it has. Put it right, or move it away.",
                    e);
        }
    }
}
