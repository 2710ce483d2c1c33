package io.retaillake.streaming.kinesis;

import io.retaillake.common.job.Problems;
import java.io.Serializable;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The source's options, whose names are compared without regard to case.
 *
 * @param stream the stream's name
 * @param region null: the SDK's default
 * @param endpointUrl another server than AWS's; null: AWS's
 * @param startingPosition where a query without a checkpoint begins: TRIM_HORIZON, LATEST or offsets as JSON
 * @param maxRecordsPerShardPerBatch Kinesis records, each of which may hold several user records
 * @param maxRecordsPerBatch Kinesis records, the same share for each shard; none: Long.MAX_VALUE
 * @param maxFetchMilliseconds how long a batch looks for a shard's newest record
 * @param failOnDataLoss whether records that are gone end the query; otherwise it goes on behind them
 * @param startingOffsets of a bounded range, as JSON; a shard that is not in it begins with its oldest record
 * @param endingOffsets of a bounded range, as JSON; null in a stream
 */
record StreamOptions(
        String stream,
        String region,
        String endpointUrl,
        String startingPosition,
        long maxRecordsPerShardPerBatch,
        long maxRecordsPerBatch,
        long maxFetchMilliseconds,
        boolean failOnDataLoss,
        String startingOffsets,
        String endingOffsets)
        implements Serializable {

    private static final Set<String> NAMES = Set.of(
            "stream",
            "region",
            "endpointurl",
            "startingposition",
            "maxrecordspershardperbatch",
            "maxrecordsperbatch",
            "maxfetchmilliseconds",
            "failondataloss",
            "startingoffsets",
            "endingoffsets");

    /** Reads the options; throws with everything that is wrong with them. */
    static StreamOptions of(Map<String, String> given) {
        Map<String, String> options = new TreeMap<>();
        given.forEach((name, value) -> options.put(name.toLowerCase(Locale.ROOT), value));
        Problems problems = new Problems();
        options.keySet().stream()
                .filter(name -> !NAMES.contains(name))
                .forEach(name ->
                        problems.add(name + " is no option; allowed: " + String.join(", ", new TreeSet<>(NAMES))));
        String stream = options.get("stream");
        if (stream == null || !stream.matches("[A-Za-z0-9_.-]{1,128}")) {
            problems.add("stream is " + (stream == null ? "missing" : "'" + stream + "'")
                    + "; allowed: up to 128 letters, digits, '_', '.' and '-'");
        }
        String endpointUrl = options.get("endpointurl");
        if (endpointUrl != null && !isHttp(endpointUrl)) {
            problems.add("endpointUrl is no http or https URL, e.g. https://kinesis.ap-northeast-2.amazonaws.com");
        }
        String startingPosition = options.getOrDefault("startingposition", "TRIM_HORIZON");
        if (!startingPosition.matches("TRIM_HORIZON|LATEST|(?s)\\s*\\{.*")) {
            problems.add(
                    "startingPosition is '" + startingPosition + "'; allowed: TRIM_HORIZON, LATEST, offsets as JSON");
        }
        String failOnDataLoss = options.getOrDefault("failondataloss", "true");
        if (!failOnDataLoss.matches("true|false")) {
            problems.add("failOnDataLoss is '" + failOnDataLoss + "'; allowed: true, false");
        }
        StreamOptions read = new StreamOptions(
                stream,
                options.get("region"),
                endpointUrl,
                startingPosition,
                number(options, "maxRecordsPerShardPerBatch", 100_000, problems),
                number(options, "maxRecordsPerBatch", Long.MAX_VALUE, problems),
                number(options, "maxFetchMilliseconds", 1_000, problems),
                failOnDataLoss.equals("true"),
                options.get("startingoffsets"),
                options.get("endingoffsets"));
        problems.throwIfAny("The options of a Kinesis stream are wrong:");
        return read;
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static long number(Map<String, String> options, String name, long other, Problems problems) {
        String text = options.get(name.toLowerCase(Locale.ROOT));
        if (text == null) {
            return other;
        }
        if (!text.matches("[1-9]\\d{0,17}")) {
            problems.add(name + " is '" + text + "'; allowed: a whole number from 1 on");
            return other;
        }
        return Long.parseLong(text);
    }
}
