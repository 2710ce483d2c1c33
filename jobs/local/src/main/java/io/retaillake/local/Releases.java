package io.retaillake.local;

import io.retaillake.common.command.CommandException;
import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be let go of at the end, the latest first. Safe to close from several threads and more than once. */
final class Releases implements AutoCloseable {

    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private boolean closed;

    /** Takes charge of {@code resource}; once closed, lets go of it at once and throws. */
    synchronized <T extends AutoCloseable> T add(T resource) {
        held.push(resource);
        if (closed) {
            close();
            throw new CommandException(CommandException.OUTSIDE_SYSTEM, "interrupted");
        }
        return resource;
    }

    /** Lets go of everything; returns when that is done, whichever thread does it. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!held.isEmpty()) {
            release(held.pop());
        }
    }

    private static void release(AutoCloseable resource) {
        try {
            resource.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // The others must be released all the same.
            System.err.println("could not release " + resource + ": " + e);
        }
    }
}
