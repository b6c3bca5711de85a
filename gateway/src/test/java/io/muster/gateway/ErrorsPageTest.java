package io.muster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.chassis.problem.Problem;
import io.muster.contracts.job.RequestCode;
import io.muster.contracts.result.RowCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/errors.md explains every code that a client can meet, and no other. */
class ErrorsPageTest {
  private static final Pattern SECTION =
      Pattern.compile("^### ([A-Z_]+)$\\R(.*?)(?=^##|\\z)", Pattern.DOTALL | Pattern.MULTILINE);

  @Test
  void hasASectionWithCauseRemedyAndExampleForEveryCode() throws IOException {
    Set<String> codes = new LinkedHashSet<>();
    Arrays.stream(RowCode.values()).forEach(code -> codes.add(code.name()));
    Arrays.stream(RequestCode.values()).forEach(code -> codes.add(code.name()));

    Map<String, String> sections = sections();

    assertThat(sections.keySet()).containsExactlyInAnyOrderElementsOf(codes);
    sections.forEach(
        (code, text) ->
            assertThat(text).as(code).contains("**Cause.** ", "**Remedy.** ", "**Example.** "));
  }

  @Test
  void givesTheRemedyAndStatusThatTheProgramGives() throws IOException {
    Map<String, String> sections = sections();

    for (RowCode code : RowCode.values()) {
      assertThat(sections.get(code.name()))
          .as(code.name())
          .contains(code.remedy())
          .contains(Integer.toString(code.status()));
    }
    for (RequestCode code : RequestCode.values()) {
      assertThat(sections.get(code.name()))
          .as(code.name())
          .contains(Integer.toString(code.status()));
    }
  }

  /** As GitHub and others make anchors of headings: in lower case, underscores kept. */
  @Test
  void isWhereTheTypeOfEveryProblemPoints() throws IOException {
    for (String code : sections().keySet()) {
      String type = new Problem(code, "title", 400, null, null, null).type();

      assertThat(type).endsWith("/docs/errors.md#" + code.toLowerCase(Locale.ROOT));
    }
  }

  private static Map<String, String> sections() throws IOException {
    Path page = Path.of(System.getProperty("muster.home"), "docs", "errors.md");
    Map<String, String> sections = new TreeMap<>();
    Matcher section = SECTION.matcher(Files.readString(page));
    while (section.find()) {
      sections.merge(section.group(1), section.group(2), String::concat);
    }
    return sections;
  }
}
