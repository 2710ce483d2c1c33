package io.retaillake.jobs.ops.report;

/** How well the page in the browser can be read. */
final class Contrast {

    private Contrast() {}

    private static final String LUMINANCE = """
            const luminance = (c) => { const v = c.match(/[\\d.]+/g).slice(0, 3).map((x) => x / 255)
                .map((x) => x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
              return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
            """;

    static double luminance(String color) throws Exception {
        return ReportInBrowser.browser()
                .evaluate("(() => {" + LUMINANCE + "return luminance(" + color + ");})()")
                .asDouble();
    }

    /** Of all text, the least contrast with what is behind it, as WCAG reckons it. */
    static double lowest() throws Exception {
        return ReportInBrowser.browser().evaluate("(() => {" + LUMINANCE + """
                const rgb = (c) => c.match(/[\\d.]+/g).map(Number);
                const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                const behind = (e) => { for (; e; e = e.parentElement) {
                  const c = getComputedStyle(e).backgroundColor; if (!c.startsWith('rgba(0, 0, 0, 0')) return c; } return 'rgb(255,255,255)'; };
                const cells = [...document.querySelectorAll('svg text.in')].filter((e) => e.previousElementSibling
                    && e.previousElementSibling.matches('rect.h')).map((e) => {
                  const rect = getComputedStyle(e.previousElementSibling); const alpha = Number(rect.fillOpacity);
                  const card = rgb(behind(e)); const heat = rgb(rect.fill);
                  return contrast(luminance(getComputedStyle(e).fill),
                    luminance('rgb(' + [0, 1, 2].map((i) => heat[i] * alpha + card[i] * (1 - alpha)).join() + ')'));
                });
                const words = [...document.querySelectorAll('main *')].filter((e) => !e.closest('svg')
                    && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())).map((e) =>
                  contrast(luminance(getComputedStyle(e).color), luminance(behind(e))));
                return Math.min(...cells, ...words);
                })()""").asDouble();
    }
}
