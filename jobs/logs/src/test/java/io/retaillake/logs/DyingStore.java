package io.retaillake.logs;

import java.util.List;
import java.util.Optional;

/** The store of a process that is killed before its write number so many plus one. */
final class DyingStore implements LogStore {

    /** What its process dies of. */
    static final class KilledException extends RuntimeException {}

    private final LogStore store;
    private int writesLeft;

    DyingStore(LogStore store, int writes) {
        this.store = store;
        this.writesLeft = writes;
    }

    @Override
    public boolean createNew(String name, byte[] bytes) {
        if (writesLeft-- <= 0) {
            throw new KilledException();
        }
        return store.createNew(name, bytes);
    }

    @Override
    public Optional<byte[]> read(String name) {
        return store.read(name);
    }

    @Override
    public List<String> list(String prefix) {
        return store.list(prefix);
    }

    @Override
    public void delete(String name) {
        store.delete(name);
    }
}
