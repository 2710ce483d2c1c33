package io.retaillake.generator;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.LakeModule;
import io.retaillake.common.registry.SourceUser;
import io.retaillake.common.registry.Stage;
import io.retaillake.common.registry.TableDefinition;
import java.util.List;

/** Generated data for trials: one job, in a jar of its own beside the job jar, so that no deployment has it unasked. */
public final class GeneratorModule implements LakeModule {

    /** On AWS the Glue job {@code PrepareSource} runs it, when told this class and the generator's jar. */
    public static final JobDefinition FILL_SOURCE = JobDefinition.of("io.retaillake.generator.FillSource", Stage.SOURCE)
            .purpose("Makes an empty database a source with generated data; run by hand")
            .connectsAs(SourceUser.ADMINISTRATOR)
            .withoutRecord()
            .onlyByHand()
            .build();

    @Override
    public List<TableDefinition> tables() {
        return List.of();
    }

    @Override
    public List<JobDefinition> jobs() {
        return List.of(FILL_SOURCE);
    }
}
