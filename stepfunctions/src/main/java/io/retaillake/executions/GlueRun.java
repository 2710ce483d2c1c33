package io.retaillake.executions;

/**
 * The Glue job run that does a task's work.
 *
 * @param id as Glue gives it, {@code jr_…}
 */
record GlueRun(String jobName, String id) {}
