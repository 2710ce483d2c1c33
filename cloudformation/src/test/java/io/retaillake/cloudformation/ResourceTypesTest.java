package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The templates against what AWS publishes about its resource types. */
class ResourceTypesTest {

    private final ResourceTypes types = ResourceTypes.load();

    @Test
    void givesEachResourceThePropertiesThatItsTypeHasAndRequires() {
        List<String> problems = new ArrayList<>();
        for (Deployment deployment : List.of(Deployment.byDefault(), Deployments.withAllOptions())) {
            for (String stack : Template.NAMES) {
                deployment
                        .resources(stack)
                        .forEach((id, resource) -> problems.addAll(types.problems(
                                stack + "." + id, resource.path("Type").asText(), resource.path("Properties"))));
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void asksOnlyForAttributesThatExist() {
        List<String> problems = new ArrayList<>();
        for (Template template : Template.all()) {
            for (JsonNode use : Template.uses(template.root(), "Fn::GetAtt")) {
                String type = template.resources()
                        .path(use.get(0).asText())
                        .path("Type")
                        .asText();
                if (!types.attributes(type).contains(use.get(1).asText())) {
                    problems.add(template.name() + ": " + type + " has no attribute "
                            + use.get(1).asText());
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void noticesWhatAwsWouldRefuse() throws Exception {
        ObjectNode properties = (ObjectNode) new ObjectMapper().readTree("""
                {"Name": "job", "Command": {"Nome": "glueetl"}, "Timeout": "soon", "WorkerType": "G.3X",
                 "Connections": ["source"], "MaxRetires": 0}""");

        assertThat(types.problems("job", "AWS::Glue::Job", properties))
                .containsExactlyInAnyOrder(
                        "job.Command.Nome: there is no such property",
                        "job.Timeout: \"soon\" is not a integer",
                        "job.MaxRetires: there is no such property",
                        "job.Connections: [\"source\"] is not an object",
                        "job.Role is required",
                        "job.WorkerType: \"G.3X\" is not among "
                                + types.properties("AWS::Glue::Job")
                                        .path("WorkerType")
                                        .path("type")
                                        .path("values"));
    }
}
