package io.retaillake.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the roles of a deployment may do. */
final class Policies {

    /**
     * One statement.
     *
     * @param sid its name in the template
     * @param denies whether it forbids rather than allows
     * @param actions what it allows
     * @param resources on what
     * @param condition under which condition; missing for none
     */
    record Statement(String sid, boolean denies, List<String> actions, List<String> resources, JsonNode condition) {

        /** Whether it allows this of whoever asks. One with a condition is taken not to: nobody tells whether it holds. */
        boolean allows(String action, String resource) {
            return !denies && condition.isMissingNode() && isAbout(action, resource);
        }

        /** Whether it forbids this, whatever others allow. */
        boolean denies(String action, String resource) {
            return denies && isAbout(action, resource);
        }

        private boolean isAbout(String action, String resource) {
            return actions.contains(action) && resources.stream().anyMatch(pattern -> matches(pattern, resource));
        }
    }

    /** Whether statements allow something together: one allows it, and none forbids it. */
    static boolean allow(List<Statement> statements, String action, String resource) {
        return statements.stream().anyMatch(statement -> statement.allows(action, resource))
                && statements.stream().noneMatch(statement -> statement.denies(action, resource));
    }

    /** Whether an ARN is one of those that a statement's resource stands for. */
    static boolean matches(String pattern, String resource) {
        return resource.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
    }

    private final Deployment deployment;
    private final Map<String, JsonNode> managed = new LinkedHashMap<>();

    private Policies(Deployment deployment) {
        this.deployment = deployment;
    }

    static Policies of(Deployment deployment) {
        Policies policies = new Policies(deployment);
        for (String stack : Template.NAMES) {
            deployment
                    .properties(stack, "AWS::IAM::ManagedPolicy")
                    .forEach((id, properties) -> policies.managed.put(
                            ResourceNames.ref(
                                    stack, id, deployment.resources(stack).get(id)),
                            properties.path("PolicyDocument")));
        }
        return policies;
    }

    /** Every statement of a role, its own and its managed policies'. */
    List<Statement> statementsOf(String stack, String role) {
        JsonNode properties = deployment.resources(stack).get(role).path("Properties");
        List<Statement> statements = new ArrayList<>();
        for (JsonNode arn : properties.path("ManagedPolicyArns")) {
            if (!managed.containsKey(arn.asText())) {
                throw new AssertionError(stack + "." + role + " has a policy that no template makes: " + arn);
            }
            add(managed.get(arn.asText()), statements);
        }
        properties.path("Policies").forEach(policy -> add(policy.path("PolicyDocument"), statements));
        return statements;
    }

    /** Every statement of a policy that stands alone. */
    static List<Statement> statementsOf(JsonNode document) {
        List<Statement> statements = new ArrayList<>();
        add(document, statements);
        return statements;
    }

    private static void add(JsonNode document, List<Statement> statements) {
        for (JsonNode statement : document.path("Statement")) {
            statements.add(new Statement(
                    statement.path("Sid").asText(),
                    !statement.path("Effect").asText().equals("Allow"),
                    texts(statement.path("Action")),
                    texts(statement.path("Resource")),
                    statement.path("Condition")));
        }
    }

    private static List<String> texts(JsonNode oneOrMore) {
        List<String> texts = new ArrayList<>();
        if (oneOrMore.isArray()) {
            oneOrMore.forEach(each -> texts.add(each.asText()));
        } else {
            texts.add(oneOrMore.asText());
        }
        return texts;
    }
}
