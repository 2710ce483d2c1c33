package io.retaillake.common.event;

/** What becomes of one payload: it is an {@link Event} or a {@link Reject}, and never both or neither. */
public sealed interface EventResult permits Event, Reject {}
