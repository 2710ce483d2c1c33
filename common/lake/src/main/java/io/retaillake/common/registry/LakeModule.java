package io.retaillake.common.registry;

import java.util.List;

/**
 * What one jar adds to the lake. The launchers, the data dictionary, the state machine, the templates, the checks and the
 * clean-up know tables and jobs from here alone.
 *
 * <p>A module is found by {@link java.util.ServiceLoader}: its jar names the class in {@code
 * META-INF/services/io.retaillake.common.registry.LakeModule}, and is on the class path of the commands and of Spark.
 */
public interface LakeModule {

    /** The tables that its jobs write, in the order in which a person reads about them. */
    List<TableDefinition> tables();

    /**
     * Its jobs, in the order in which a pipeline runs them within their stage. Must not need Spark, which the launchers do
     * without.
     */
    List<JobDefinition> jobs();
}
