package io.muster.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Facts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster tenant show}. */
@Command(
    name = "show",
    description = "Shows a tenant's domains, quotas and settings.",
    footer = {"  muster tenant show contoso", "  muster tenant show contoso --json"})
final class TenantShow extends ServiceCommand {
  @Parameters(paramLabel = "TENANT", description = "The tenant's id.")
  private String tenant;

  @Override
  public Integer call() {
    JsonNode document = service(Operations.OPERATOR).get("/v1/tenants/" + Service.encoded(tenant));
    if (json()) {
      results().json(document);
    } else {
      results().text(Facts.text(document, terminal().tableWidth()));
    }
    return ExitCode.DONE;
  }
}
