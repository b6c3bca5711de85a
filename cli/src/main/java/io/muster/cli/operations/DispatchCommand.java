package io.muster.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.ExitCode;
import io.muster.cli.service.Query;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Results;
import picocli.CommandLine.Option;

/** The switch between spools and bus, for all tenants or one. */
abstract class DispatchCommand extends ServiceCommand {
  @Option(names = "--tenant", paramLabel = "T", description = "Only this tenant's jobs.")
  private String tenant;

  /**
   * Throws the switch.
   *
   * @param verb of the address
   * @param done how dispatch is then
   */
  final int ask(String verb, String done) {
    Query query = new Query(Operations.PATH + "/dispatch/" + verb).with("tenant", tenant);
    JsonNode answer = service(Operations.OPERATOR).post(query.toString(), Results.object());
    if (json()) {
      results().json(answer instanceof ObjectNode document ? document : told(done));
    } else {
      String whose = tenant == null ? "all tenants" : "tenant " + tenant;
      results().line("Dispatch for " + whose + " is " + done + ".");
      sayWhatIsStillPaused(answer);
    }
    return ExitCode.DONE;
  }

  /** A tenant that was paused by name is resumed by name only, and never while all are paused. */
  private void sayWhatIsStillPaused(JsonNode dispatch) {
    if (dispatch.path("paused").asBoolean() && tenant != null) {
      terminal().say("All tenants are paused: muster dispatch resume");
    }
    for (JsonNode paused : dispatch.path("pausedTenants")) {
      if (!paused.asText().equals(tenant)) {
        terminal().say("Paused by name: muster dispatch resume --tenant " + paused.asText());
      }
    }
  }

  private ObjectNode told(String done) {
    return Results.object().put("dispatch", done).put("tenant", tenant);
  }
}
