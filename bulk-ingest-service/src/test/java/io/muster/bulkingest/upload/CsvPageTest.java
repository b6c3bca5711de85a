package io.muster.bulkingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.upload.header.ColumnNames;
import io.muster.bulkingest.upload.rule.ColumnsThatCount;
import io.muster.contracts.command.Operation;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/csv.md says what the code does: its tables of columns, operations and limits, and what comes
 * of its examples. {@code -Dmuster.write-docs=true} writes the outcomes below the examples.
 */
class CsvPageTest {
  private static final Path PAGE = Path.of(System.getProperty("muster.home"), "docs", "csv.md");

  private static final Pattern EXAMPLE =
      Pattern.compile(
          "(<!-- example: (.*?) -->\n```csv\n(.*?)```\n).*?<!-- /example -->", Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void everyColumnIsThereWithItsNamesInTheirOrder() throws IOException {
    Map<String, List<String>> rows = table("| column | other names");

    assertThat(rows.keySet()).containsExactlyElementsOf(columns());
    for (Column column : Column.all()) {
      List<String> cells = rows.get(column.canonical());
      assertThat(cells.get(1).replace("`", ""))
          .as(column.canonical())
          .isEqualTo(String.join(", ", ColumnNames.aliases(column)));
      if (column.property() != null) {
        assertThat(cells.get(2)).contains(" " + column.property().maxLength() + " ");
      }
    }
  }

  @Test
  void whereAColumnCountsIsWhereTheRulesLookAtIt() throws IOException {
    Map<String, List<String>> rows = table("| column | add |");

    assertThat(rows.keySet()).containsExactlyElementsOf(columns());
    for (Column column : Column.all()) {
      List<String> cells = rows.get(column.canonical());
      for (Operation operation : Operation.values()) {
        boolean counts = cells.get(1 + operation.ordinal()).equals("yes");
        assertThat(counts)
            .as("%s with %s", column.canonical(), operation.word())
            .isEqualTo(ColumnsThatCount.count(operation, column));
      }
    }
  }

  @Test
  void everyLimitIsThereWithItsDefault() throws IOException {
    Map<String, String> limits = new LinkedHashMap<>();
    table("| setting | default |").forEach((name, cells) -> limits.put(name, cells.get(1)));
    Map<String, String> expected = new LinkedHashMap<>();
    for (Method limit : UploadLimits.class.getDeclaredMethods()) {
      String name = limit.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
      expected.put("muster.upload." + name, limit.getAnnotation(WithDefault.class).value());
    }

    assertThat(limits).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void theExamplesBecomeWhatStandsBelowThem() throws IOException {
    String page = Files.readString(PAGE);
    Matcher examples = EXAMPLE.matcher(page);
    List<String> outcomes = new ArrayList<>();
    while (examples.find()) {
      outcomes.add(outcome(examples.group(2), examples.group(3)));
    }
    assertThat(outcomes).hasSizeGreaterThan(5);
    String expected = EXAMPLE.matcher(page).replaceAll(found -> withOutcome(found, outcomes));

    if (Boolean.getBoolean("muster.write-docs")) {
      Files.writeString(PAGE, expected);
    }

    assertThat(PAGE).hasContent(expected);
  }

  private static String withOutcome(MatchResult example, List<String> outcomes) {
    return Matcher.quoteReplacement(
        example.group(1) + "\n" + outcomes.remove(0) + "\n\n<!-- /example -->");
  }

  private String outcome(String asked, String csv) throws IOException {
    ExampleOfCsv example = new ExampleOfCsv(asked);
    try (Upload upload = new Upload(directory)) {
      return example.outcome(example.applyTo(upload).of(csv));
    }
  }

  private static List<String> columns() {
    return Column.all().stream().map(Column::canonical).toList();
  }

  /** The rows of a table by their first cell, without its backticks. */
  private static Map<String, List<String>> table(String header) throws IOException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    boolean inside = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith(header)) {
        inside = true;
      } else if (inside && !line.startsWith("|")) {
        break;
      } else if (inside && !line.startsWith("| ---")) {
        List<String> cells =
            Pattern.compile("(?<!\\\\)\\|")
                .splitAsStream(line.substring(1))
                .map(String::strip)
                .toList();
        rows.put(cells.get(0).replace("`", ""), cells);
      }
    }
    assertThat(rows).as(header).isNotEmpty();
    return rows;
  }
}
