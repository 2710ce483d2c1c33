package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.registry.JobRegistry;
import io.retaillake.common.registry.TableRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JobsTemplateTest {

    @Test
    void isTheTemplateThatIsDeployed() throws IOException {
        Path file = Path.of("jobs.yaml");
        String generated = JobsTemplate.of(JobRegistry.load(), TableRegistry.load());
        if (Boolean.getBoolean("templates.write")) {
            Files.writeString(file, generated);
        }
        assertThat(Files.readString(file))
                .as("jobs.yaml is generated from the registry: mvn test -pl cloudformation -am -Dtest=JobsTemplateTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dtemplates.write=true")
                .isEqualTo(generated);
    }
}
