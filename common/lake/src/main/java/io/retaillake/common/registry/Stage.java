package io.retaillake.common.registry;

import java.util.Arrays;
import java.util.List;

/** The pipeline's stages, in order. Jobs of one stage do not depend on each other. */
public enum Stage {
    /** Makes a source, once. */
    SOURCE(false),
    /** Extracts the source's tables. */
    BRONZE(true),
    /** Cleans and joins them. */
    SILVER(true),
    /** Computes the marts that have jobs of their own. */
    GOLD(true),
    /** Builds the tables that are defined in SQL, whichever of the tables before they read. */
    SQL_TABLES(true),
    /** Shows them. */
    REPORT(true),
    /** Proves the run. */
    VERIFY(true),
    /** Not part of the pipeline: runs when a person asks for it. */
    ON_REQUEST(false);

    private final boolean inPipeline;

    Stage(boolean inPipeline) {
        this.inPipeline = inPipeline;
    }

    /** Whether a run of the pipeline has this stage. */
    public boolean inPipeline() {
        return inPipeline;
    }

    /** Whether jobs of this stage publish tables that a complete run has. */
    public boolean buildsTables() {
        return this == BRONZE || this == SILVER || this == GOLD || this == SQL_TABLES;
    }

    /** The stages of the pipeline, in order. */
    public static List<Stage> pipeline() {
        return Arrays.stream(values()).filter(Stage::inPipeline).toList();
    }
}
