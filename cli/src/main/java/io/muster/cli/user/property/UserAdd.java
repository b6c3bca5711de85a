package io.muster.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.terminal.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster user add}: a job of one row whose result is waited for. */
@Command(
    name = "add",
    modelTransformer = PropertyOptions.class,
    description = "Adds one user, disabled unless --active says otherwise.",
    footer = {
      "  muster user add chris@contoso.com --first-name Chris --last-name Green",
      "  muster Add-MSOnlineUser chris@contoso.com --display-name 'Chris Green'",
      "  muster Add-MSOnlineUser --csv hires.csv"
    })
final class UserAdd extends OneUserCommand {
  @Parameters(paramLabel = "UPN", description = "The user principal name, local@domain.")
  private String userPrincipalName;

  @Option(names = "--active", order = 50, description = "Create the account active.")
  private boolean active;

  @Option(
      names = "--protected",
      order = 51,
      description = "An administrator's account, which only tenant-admins may change.")
  private boolean guarded;

  @Option(
      names = "--password",
      order = 52,
      interactive = true,
      description = "Ask for the password; it is never taken from the command line.")
  private char[] password;

  @Override
  public Integer call() {
    ObjectNode body = Results.object().put("userPrincipalName", userPrincipalName);
    PropertyOptions.fill(spec().commandLine().getParseResult(), body);
    if (active) {
      body.put("blockSignIn", false);
    }
    if (guarded) {
      body.put("protected", true);
    }
    if (password != null) {
      body.put("password", new String(password));
    }
    JsonNode answer = service().post("/v1/users", body);
    return show(answer);
  }
}
