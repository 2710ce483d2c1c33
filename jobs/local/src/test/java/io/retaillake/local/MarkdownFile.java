package io.retaillake.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A document of the repository, as its links and its headings' anchors see it. Code is not looked at. */
final class MarkdownFile {

    private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)\\s>]*)>?(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+(.*?)\\s*#*");
    private static final Pattern CODE_SPAN = Pattern.compile("(`+).+?\\1");
    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");

    private final Path path;
    private final List<String> lines;

    MarkdownFile(Path path) throws IOException {
        this.path = path;
        this.lines = withoutCode(Files.readAllLines(path));
    }

    /** The Markdown files below a folder, sorted; what builds and tools write (hidden folders, {@code target}) left out. */
    static List<Path> below(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry)) {
                    if (!name.startsWith(".") && !name.equals("target") && !name.equals("node_modules")) {
                        found.addAll(below(entry));
                    }
                } else if (name.endsWith(".md")) {
                    found.add(entry);
                }
            }
        }
        return found;
    }

    /** The targets of its links that are in the repository, as they are written: {@code ../README.md#layout}. */
    List<String> links() {
        List<String> links = new ArrayList<>();
        for (String line : lines) {
            Matcher link = LINK.matcher(CODE_SPAN.matcher(line).replaceAll(""));
            while (link.find()) {
                if (!SCHEME.matcher(link.group(1)).matches()) {
                    links.add(link.group(1));
                }
            }
        }
        return links;
    }

    /** The anchors that GitHub gives its headings. */
    List<String> anchors() {
        Map<String, Integer> uses = new HashMap<>();
        List<String> anchors = new ArrayList<>();
        for (String line : lines) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor = heading.group(1)
                        .replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
                        .replace(' ', '-');
                int before = uses.merge(anchor, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? anchor : anchor + "-" + before);
            }
        }
        return anchors;
    }

    /** What is wrong with a link of this file; null if it leads somewhere. */
    String problemWith(String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? path : path.resolveSibling(file).normalize();
        if (!Files.exists(target)) {
            return path + " links to " + link + ": there is no such file";
        }
        if (hash >= 0 && !new MarkdownFile(target).anchors().contains(link.substring(hash + 1))) {
            return path + " links to " + link + ": no heading there has this anchor";
        }
        return null;
    }

    private static List<String> withoutCode(List<String> lines) {
        List<String> kept = new ArrayList<>();
        boolean fenced = false;
        for (String line : lines) {
            if (line.stripLeading().startsWith("```")) {
                fenced = !fenced;
            } else if (!fenced && !line.startsWith("    ")) {
                kept.add(line);
            }
        }
        return kept;
    }
}
