package io.retaillake.common.run;

import io.retaillake.common.job.Window;
import io.retaillake.common.lake.LakeSettings;

/**
 * What every job is told.
 *
 * @param lake the lake it works on
 * @param window the months it (re)builds
 * @param runId the run that it belongs to
 */
public record JobArguments(LakeSettings lake, Window window, String runId) {}
