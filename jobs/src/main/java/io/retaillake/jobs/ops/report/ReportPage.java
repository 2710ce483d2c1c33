package io.retaillake.jobs.ops.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.retaillake.common.job.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The page of a report: one HTML text that carries its style, its script and its data, and whose policy lets it load and
 * run nothing else.
 */
public final class ReportPage {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** The script's parts in their order; they share one scope. */
    private static final List<String> SCRIPT_PARTS = List.of(
            "texts",
            "state",
            "figures",
            "links",
            "numbers",
            "korean",
            "stories",
            "periods",
            "names",
            "comparisons",
            "elements",
            "tables",
            "summary",
            "sentence",
            "kpis",
            "trend",
            "years",
            "hours",
            "ages",
            "map",
            "places",
            "overlap",
            "retention",
            "products",
            "potential",
            "rejects",
            "reconciliation",
            "page");

    private ReportPage() {}

    static String of(ReportData data) {
        String style = resource("report.css");
        String script = script();
        // The data comes last, because it may contain anything.
        return resource("report.html")
                .replace("{{style-hash}}", hash(style))
                .replace("{{script-hash}}", hash(script))
                .replace("{{style}}", style)
                .replace("{{script}}", script)
                .replace("{{data}}", json(data));
    }

    private static String script() {
        return SCRIPT_PARTS.stream()
                .map(part -> resource(part + ".js"))
                .collect(Collectors.joining("\n", "'use strict';\n(() => {\n", "})();\n"));
    }

    /** JSON in which nothing can end the element that holds it. */
    private static String json(ReportData data) {
        try {
            return JSON.writeValueAsString(data)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026");
        } catch (JsonProcessingException e) {
            throw JobException.defect("The report's data can't be written as JSON", e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream content = ReportPage.class.getResourceAsStream(name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
