package io.retaillake.jobs.ops.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.network.util.JavaUtils;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One lake with reports and one browser for all tests that look at a report as a person does. After each test nothing may have
 * been complained of. With -Dreport.photographs=FOLDER it leaves pictures of the pages there.
 */
final class ReportInBrowser implements BeforeAllCallback, AfterEachCallback {

    static final int DESKTOP = 1200;
    static final int PHONE = 360;

    private static ReportLake lake;
    private static Chromium browser;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Optional<Path> executable = Chromium.executable();
        assumeTrue(
                executable.isPresent(),
                "SKIPPED: the report was not looked at, for there is no chromium on the PATH (Debian: apt-get install chromium)");
        if (browser == null) {
            Path folder = Files.createTempDirectory("report");
            lake = new ReportLake(folder.resolve("lake"));
            lake.publish("r1", ReportRows.rows());
            lake.report("r1");
            lake.report("february", "--from", "2015-02", "--to", "2015-02");
            browser = Chromium.start(executable.get(), folder.resolve("browser"), "ko");
            context.getRoot().getStore(Namespace.create(ReportInBrowser.class)).put("report", (AutoCloseable) () -> {
                browser.close();
                // Chromium may write its own files for a moment after it was ended, so they stay.
                JavaUtils.deleteRecursively(folder.resolve("lake").toFile());
            });
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(browser.complaints()).isEmpty();
    }

    static ReportLake lake() {
        return lake;
    }

    static Chromium browser() {
        return browser;
    }

    static void open(String page, int width, String colorScheme) throws Exception {
        browser.open(lake.page(page), width, colorScheme);
    }

    static List<String> texts(String selector) throws Exception {
        List<String> texts = new ArrayList<>();
        browser.evaluate("[...document.querySelectorAll(" + quoted(selector) + ")].map(e => e.textContent)")
                .forEach(text -> texts.add(text.asText()));
        return texts;
    }

    static String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector(" + quoted(selector) + ").textContent")
                .asText();
    }

    static int number(String expression) throws Exception {
        return browser.evaluate(expression).asInt();
    }

    static void press(String choice, String value) throws Exception {
        click("[data-choice=" + choice + "] [data-value='" + value + "']");
    }

    static void click(String selector) throws Exception {
        browser.evaluate("document.querySelector(" + quoted(selector) + ").click()");
    }

    /** Chooses the first of a list's options whose text is this. */
    static void select(String choice, String option) throws Exception {
        browser.evaluate("(() => { const list = document.querySelector(\"select[data-choice=" + choice
                + "]\"); list.selectedIndex = [...list.options].findIndex((o) => o.textContent === " + quoted(option)
                + "); list.dispatchEvent(new Event('change')); })()");
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }

    /** The table under a chart: its rows of cells, each as digits, a sign and a point only. */
    static List<List<String>> table(String section) throws Exception {
        JsonNode rows = browser.evaluate("[...document.querySelectorAll('#" + section
                + " details tbody tr')].map(r => [...r.cells].map(c => c.textContent.replace(/[^0-9.-]/g, '')))");
        List<List<String>> table = new ArrayList<>();
        rows.forEach(row -> {
            List<String> cells = new ArrayList<>();
            row.forEach(cell -> cells.add(cell.asText()));
            table.add(cells);
        });
        return table;
    }

    /** The sum of a column of the table under a chart. */
    static long total(List<List<String>> table, int column) {
        return table.stream().mapToLong(row -> Long.parseLong(row.get(column))).sum();
    }

    /** The one number that a query of the marts gives. */
    static long queried(String sql) {
        return Long.parseLong(lake.query(sql).get(0));
    }

    static void photograph(String name) throws Exception {
        String target = System.getProperty("report.photographs");
        if (target != null) {
            browser.photograph(Files.createDirectories(Path.of(target)).resolve(name + ".png"));
        }
    }
}
