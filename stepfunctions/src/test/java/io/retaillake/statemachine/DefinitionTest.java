package io.retaillake.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the interpreter does not know it refuses: a machine that passes these tests uses nothing else. */
class DefinitionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Type\":\"Wait\",\"Seconds\":1,\"Next\":\"End\"}| first: states of type Wait are not interpreted",
                "{\"Type\":\"Pass\",\"Result\":1,\"Next\":\"End\"}| first: the fields [Result] are not interpreted",
                "{\"Type\":\"Pass\",\"QueryLanguage\":\"JSONPath\",\"Next\":\"End\"}| first: the fields [QueryLanguage]",
                "{\"Type\":\"Pass\",\"Next\":\"Gone\"}| first's Next: there is no state Gone",
                "{\"Type\":\"Pass\"}| first: needs either Next or End",
                "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sns:publish\",\"End\":true}| the resource arn:aws:states:::sns",
                "{\"Type\":\"Task\",\"HeartbeatSeconds\":5,\"End\":true}| first: the fields [HeartbeatSeconds]",
                "{\"Type\":\"Map\",\"ToleratedFailureCount\":1,\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\"}"
                        + ",\"StartAt\":\"a\",\"States\":{\"a\":{\"Type\":\"Succeed\"}}},\"End\":true}"
                        + "| only inline processors are interpreted",
                "{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.a\",\"Next\":\"End\"}],\"Default\":\"End\"}"
                        + "| first's rule: the fields [Variable] are not interpreted"
            })
    void refusesWhatIsNotInterpreted(String state, String problem) {
        String machine = "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"first\",\"States\":{\"first\":" + state
                + ",\"End\":{\"Type\":\"Succeed\"}}}";

        assertThatThrownBy(() -> Definition.parse(machine, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void refusesAnotherQueryLanguage() {
        assertThatThrownBy(() ->
                        Definition.parse("{\"StartAt\":\"a\",\"States\":{\"a\":{\"Type\":\"Succeed\"}}}", Map.of()))
                .hasMessageContaining("QueryLanguage is null");
    }

    @Test
    void refusesAPlaceholderWithoutAValue() {
        assertThatThrownBy(() -> Definition.parse("{\"Comment\": \"${Colour}\"}", Map.of("Color", "red")))
                .hasMessageContaining("${Colour}");
    }

    @Test
    void anExpressionWithoutAValueIsAnError() {
        assertThatThrownBy(() -> JsonataTemplate.evaluate("{% $nothing.here %}", Map.of(), "first/Output"))
                .isInstanceOf(JsonataTemplate.EvaluationException.class)
                .hasMessageContaining("first/Output: nothing (undefined)");
    }

    @Test
    void theFunctionThatTheServiceLacksIsAnError() {
        assertThatThrownBy(() -> JsonataTemplate.evaluate("{% $eval('1') %}", Map.of(), "first/Output"))
                .isInstanceOf(JsonataTemplate.EvaluationException.class);
    }

    @Test
    void bothMachinesAreInterpreted() {
        assertThat(Machines.PIPELINE.states()).isNotEmpty();
        assertThat(Machines.STARTER.states()).isNotEmpty();
    }
}
