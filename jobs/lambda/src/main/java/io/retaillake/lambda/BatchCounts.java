package io.retaillake.lambda;

import java.util.Map;
import java.util.TreeMap;

/** What one call did, for the log: records and events that were received, which are those that are ok and those that failed. */
final class BatchCounts {

    private final Map<String, Integer> failedByReason = new TreeMap<>();
    private int okRecords;
    private int okEvents;
    private int failedRecords;
    private int failedEvents;

    void ok(int events) {
        okRecords++;
        okEvents += events;
    }

    void failed(int events, Iterable<String> reasons) {
        failedRecords++;
        failedEvents += events;
        reasons.forEach(reason -> failedByReason.merge(reason, 1, Integer::sum));
    }

    /** A line of JSON. A record counts under each of its reasons; the events of a failed record count as failed, whatever they are. */
    String line() {
        StringBuilder json = new StringBuilder();
        json.append("{\"records\":").append(okRecords + failedRecords);
        json.append(",\"records_ok\":").append(okRecords);
        json.append(",\"records_failed\":").append(failedRecords);
        json.append(",\"events\":").append(okEvents + failedEvents);
        json.append(",\"events_ok\":").append(okEvents);
        json.append(",\"events_failed\":").append(failedEvents);
        json.append(",\"records_failed_by_reason\":{");
        String separator = "";
        for (Map.Entry<String, Integer> entry : failedByReason.entrySet()) {
            json.append(separator)
                    .append('"')
                    .append(entry.getKey())
                    .append("\":")
                    .append(entry.getValue());
            separator = ",";
        }
        return json.append("}}\n").toString();
    }
}
