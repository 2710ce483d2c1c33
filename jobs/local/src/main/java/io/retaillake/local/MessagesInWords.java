package io.retaillake.local;

import io.retaillake.common.registry.JobDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a job writes to standard error, for a person who waits for it: how far it is and its end in words, all else as it is. */
final class MessagesInWords {

    private final JobDefinition job;
    private final PrintStream out;
    private final Display display;

    MessagesInWords(JobDefinition job, PrintStream out) {
        this.job = job;
        this.out = out;
        this.display = new PlainDisplay(out, System::nanoTime);
    }

    /** Shows them until the job ends. */
    void show(InputStream messages) throws IOException {
        display.started(job);
        BufferedReader lines = new BufferedReader(new InputStreamReader(messages, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JobLine parsed = JobLine.parse(line);
            if (parsed instanceof JobLine.Progress progress) {
                display.progress(job, progress);
            } else if (parsed instanceof JobLine.Finished end) {
                out.println(EndLine.of(job.name(), end.seconds(), end));
            } else {
                out.println(line);
            }
        }
    }
}
