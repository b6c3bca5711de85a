package io.muster.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster user get}. */
@Command(
    name = "get",
    description = "Shows one user.",
    footer = {"  muster user get chris@contoso.com", "  muster user get chris@contoso.com --json"})
final class UserGet extends ServiceCommand {
  @Parameters(paramLabel = "UPN", description = "The user principal name.")
  private String userPrincipalName;

  @Override
  public Integer call() {
    JsonNode user = service().get("/v1/users/" + Service.encoded(userPrincipalName));
    if (json()) {
      results().json(user);
    } else {
      results().text(UserText.of(user));
    }
    return ExitCode.DONE;
  }
}
