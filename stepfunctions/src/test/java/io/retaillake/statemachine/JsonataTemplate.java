package io.retaillake.statemachine;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON in which strings between <code>{%</code> and <code>%}</code> are JSONata expressions, as Step Functions evaluates it. */
final class JsonataTemplate {

    private static final String OPEN = "{%";
    private static final String CLOSE = "%}";

    /** An expression that has no value, or cannot be evaluated: the service's {@code States.QueryEvaluationError}. */
    static final class EvaluationException extends RuntimeException {
        EvaluationException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private JsonataTemplate() {}

    /**
     * The template's value.
     *
     * @param variables what expressions see, {@code states} among them
     * @param where the template's place, for the error's message
     * @throws EvaluationException if any expression has no value
     */
    static Object evaluate(Object template, Map<String, Object> variables, String where) {
        if (template instanceof String text) {
            return text.startsWith(OPEN) && text.endsWith(CLOSE)
                    ? expression(text.substring(OPEN.length(), text.length() - CLOSE.length()), variables, where)
                    : text;
        }
        if (template instanceof Map<?, ?> object) {
            Map<String, Object> values = new LinkedHashMap<>();
            object.forEach((key, value) -> values.put((String) key, evaluate(value, variables, where + "/" + key)));
            return values;
        }
        if (template instanceof List<?> array) {
            List<Object> values = new ArrayList<>();
            array.forEach(value -> values.add(evaluate(value, variables, where + "[" + values.size() + "]")));
            return values;
        }
        return template;
    }

    private static Object expression(String expression, Map<String, Object> variables, String where) {
        Object value;
        try {
            Jsonata jsonata = Jsonata.jsonata(expression);
            Jsonata.Frame frame = jsonata.createFrame();
            // The service has no $eval; the library has.
            frame.bind("eval", (Jsonata.Fn1<Object, Object>) text -> {
                throw new IllegalStateException("$eval is not supported");
            });
            variables.forEach(frame::bind);
            value = jsonata.evaluate(null, frame);
        } catch (JException | IllegalStateException e) {
            throw new EvaluationException(where + ": " + e.getMessage() + " in" + expression, e);
        }
        if (value == null) {
            throw new EvaluationException(where + ": nothing (undefined) is the value of" + expression, null);
        }
        return Json.copy(value);
    }
}
