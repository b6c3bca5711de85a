package io.muster.cli.job.look;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.ExitCode;
import io.muster.cli.service.PageOptions;
import io.muster.cli.service.Pages;
import io.muster.cli.service.Query;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.OutputLost;
import io.muster.cli.terminal.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster job rows}. */
@Command(
    name = "rows",
    description = "Lists a job's rows with their outcome.",
    footer = {
      "  muster job rows 01990a3c-...",
      "  muster job rows 01990a3c-... --outcome FAILED --code USER_ALREADY_EXISTS",
      "  muster job rows 01990a3c-... --limit 1000000 --json > rows.json"
    })
public final class JobRows extends ServiceCommand {
  private static final JsonMapper JSON = new JsonMapper();

  /** What became of a row. */
  enum Outcome {
    PENDING,
    IN_FLIGHT,
    SUCCEEDED,
    FAILED,
    CANCELLED
  }

  @Parameters(paramLabel = "ID", description = "The job.")
  private String id;

  @Option(
      names = "--outcome",
      paramLabel = "OUTCOME",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private Outcome outcome;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "Only rows that failed with this code.")
  private String code;

  @Mixin private PageOptions page;

  @Override
  public Integer call() {
    String path = "/v1/jobs/" + Service.encoded(id) + "/rows";
    Query query = new Query(path).with("outcome", outcome).with("code", code);
    Pages pages = new Pages(service(), query.toString());
    if (json()) {
      stream(pages);
      return ExitCode.DONE;
    }
    String next = pages.read(page.after(), page.limit(), this::show);
    if (next != null) {
      terminal().say("There is more: --after " + next);
    }
    return ExitCode.DONE;
  }

  /** Each page is a table of its own, so that ten million rows need no more memory than one. */
  private void show(JsonNode items) {
    Table table =
        new Table("ROW", "USER", "OUTCOME", "CODE", "MESSAGE")
            .keepWhole("ROW")
            .keepWhole("OUTCOME")
            .keepWhole("CODE");
    for (JsonNode row : items) {
      table.row(
          row.path("row").asText(),
          row.path("userPrincipalName").asText(""),
          row.path("outcome").asText(""),
          row.path("code").asText(""),
          row.path("message").asText(""));
    }
    results().text(table.render(terminal().tableWidth()));
  }

  private void stream(Pages pages) {
    List<JsonGenerator> opened = new ArrayList<>(1);
    try {
      String next =
          pages.read(
              page.after(),
              page.limit(),
              items -> {
                try {
                  if (opened.isEmpty()) {
                    JsonGenerator document = results().jsonStream();
                    opened.add(document);
                    document.writeStartObject();
                    document.writeArrayFieldStart("items");
                  }
                  for (JsonNode item : items) {
                    JSON.writeTree(opened.get(0), item);
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      try (JsonGenerator document = opened.get(0)) {
        document.writeEndArray();
        document.writeStringField("next", next);
        document.writeEndObject();
        document.writeRaw('\n');
      }
    } catch (UncheckedIOException e) {
      throw new OutputLost(e.getCause());
    } catch (IOException e) {
      throw new OutputLost(e);
    }
  }
}
