package io.retaillake.local;

/** The pipeline's stages, in order. Jobs of one stage do not depend on each other. */
enum Stage {
    SOURCE,
    BRONZE,
    SILVER,
    GOLD,
    REPORT,
    VERIFY,
    /** Not part of the pipeline: runs when a person asks for it. */
    ON_REQUEST
}
