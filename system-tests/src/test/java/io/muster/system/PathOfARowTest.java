package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation names no file that is gone. */
class PathOfARowTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

  private final Path home = Path.of(System.getProperty("muster.home"));

  @Test
  void everyLinkOfThePathOfARowLeadsToSomething() throws IOException {
    assertThat(links(home.resolve("docs/path-of-a-row.md"))).hasSizeGreaterThan(15);
    List<String> broken = new ArrayList<>();
    try (Stream<Path> pages = Files.walk(home.resolve("docs"))) {
      for (Path page :
          Stream.concat(pages, Stream.of("README.md", "CONTRIBUTING.md").map(home::resolve))
              .filter(file -> file.toString().endsWith(".md"))
              .toList()) {
        for (String link : links(page)) {
          if (!link.contains("://") && !Files.exists(page.getParent().resolve(link))) {
            broken.add(home.relativize(page) + " -> " + link);
          }
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static List<String> links(Path page) throws IOException {
    Matcher matcher = LINK.matcher(Files.readString(page));
    List<String> links = new ArrayList<>();
    while (matcher.find()) {
      links.add(matcher.group(1));
    }
    return links;
  }
}
