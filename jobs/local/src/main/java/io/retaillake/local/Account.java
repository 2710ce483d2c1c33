package io.retaillake.local;

import com.sun.security.auth.module.UnixSystem;

/**
 * Whom the operating system takes this process's user for.
 *
 * @param id the number
 * @param name what the machine's accounts call it; null where they do not have it, as in many containers
 */
record Account(long id, String name) {

    static Account current() {
        UnixSystem system = new UnixSystem();
        return new Account(system.getUid(), system.getUsername());
    }

    boolean isUnknown() {
        return name == null;
    }

    /** The name, or one made of the number. */
    String nameOrId() {
        return isUnknown() ? "uid" + id : name;
    }
}
