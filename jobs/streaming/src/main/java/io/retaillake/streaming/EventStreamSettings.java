package io.retaillake.streaming;

import java.time.Duration;

/**
 * How a stream is read.
 *
 * @param query its name in the lake, under which it goes on
 * @param trigger time between the begins of two batches; zero: each as soon as the one before has ended
 * @param maxRecordsPerBatch at most
 * @param availableNow whether to end when what is there at the start has been read
 * @param watermark how long after the newest event a window stays open
 * @param idleTimeout after how long without records the clock takes the newest event's place
 */
record EventStreamSettings(
        String query,
        Duration trigger,
        long maxRecordsPerBatch,
        boolean availableNow,
        Duration watermark,
        Duration idleTimeout) {}
