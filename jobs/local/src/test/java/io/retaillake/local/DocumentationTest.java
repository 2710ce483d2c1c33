package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who reads the repository's documents relies on. */
class DocumentationTest {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    /** What a newcomer reads in one go; everything else has a document of its own. */
    private static final int MOST_README_BYTES = 12_288;

    @TempDir
    private Path folder;

    @Test
    void readmeIsShort() throws IOException {
        assertThat(Files.size(PROJECT.resolve("README.md"))).isLessThanOrEqualTo(MOST_README_BYTES);
    }

    @Test
    void everyLinkLeadsToAFileAndAHeading() throws IOException {
        List<Path> documents = MarkdownFile.below(PROJECT);
        assertThat(documents).contains(PROJECT.resolve("README.md"), PROJECT.resolve("data/dictionary.md"));

        assertThat(problems(documents)).isEmpty();
    }

    @Test
    void everyDocumentCanBeReachedFromTheReadme() throws IOException {
        List<Path> reached = new ArrayList<>(List.of(PROJECT.resolve("README.md")));
        for (int next = 0; next < reached.size(); next++) {
            for (String link : new MarkdownFile(reached.get(next)).links()) {
                Path target = reached.get(next)
                        .resolveSibling(link.replaceFirst("#.*", ""))
                        .normalize();
                if (target.toString().endsWith(".md") && !reached.contains(target) && Files.exists(target)) {
                    reached.add(target);
                }
            }
        }

        assertThat(reached).containsAll(MarkdownFile.below(PROJECT));
    }

    @Test
    void namesALinkThatLeadsNowhere() throws IOException {
        Files.writeString(
                folder.resolve("other.md"), "# Said twice\n\n## Said twice\n\n## Where `--lake` is, exactly\n");
        Path page = Files.writeString(folder.resolve("page.md"), """
                [fine](other.md#said-twice-1) and [fine](other.md#where---lake-is-exactly), [elsewhere](https://example.com/x)
                [no file](gone.md), [no heading](other.md#said-thrice) `[code](gone.md)`

                    [code](gone.md)
                """);

        assertThat(problems(List.of(page)))
                .containsExactly(
                        page + " links to gone.md: there is no such file",
                        page + " links to other.md#said-thrice: no heading there has this anchor");
    }

    private static List<String> problems(List<Path> documents) throws IOException {
        List<String> problems = new ArrayList<>();
        for (Path document : documents) {
            MarkdownFile file = new MarkdownFile(document);
            for (String link : file.links()) {
                String problem = file.problemWith(link);
                if (problem != null) {
                    problems.add(problem);
                }
            }
        }
        return problems;
    }
}
