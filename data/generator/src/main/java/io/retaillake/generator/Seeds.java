package io.retaillake.generator;

import java.util.SplittableRandom;

/** Independent random numbers for each part of the data, so that no part depends on the order in which parts are made. */
final class Seeds {

    static final int CUSTOMERS = 1;
    static final int POPULARITY = 2;
    static final int PURCHASES = 3;
    static final int DIRTY_PURCHASES = 4;

    private Seeds() {}

    static SplittableRandom random(long seed, int part, int index) {
        return new SplittableRandom(mixed(mixed(mixed(seed) + part) + index));
    }

    /** The finalizer of MurmurHash3: neighbouring inputs give unrelated outputs. */
    private static long mixed(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
