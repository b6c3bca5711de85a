package io.muster.cli.user.property;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.terminal.Results;
import io.muster.cli.user.OneUserCommand;
import io.muster.cli.user.signin.GivenPassword;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster user add}: a job of one row whose result is waited for. */
@Command(
    name = "add",
    modelTransformer = PropertyOptions.class,
    description = "Adds one user, disabled unless --active says otherwise.",
    footer = {
      "  muster user add chris@contoso.com --first-name Chris --last-name Green",
      "  muster user add chris@contoso.com --display-name 'Chris Green' --active --password",
      "  muster Add-MSOnlineUser chris@contoso.com --display-name 'Chris Green'",
      "  muster Add-MSOnlineUser --csv hires.csv"
    })
public final class UserAdd extends OneUserCommand {
  @Option(names = "--active", order = 50, description = "Create the account active.")
  private boolean active;

  @Option(
      names = "--protected",
      order = 51,
      description = "An administrator's account, which only tenant-admins may change.")
  private boolean guarded;

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private GivenPassword password;

  @Override
  public Integer call() {
    ObjectNode body = Results.object().put("userPrincipalName", userPrincipalName());
    PropertyOptions.fill(spec().commandLine().getParseResult(), body);
    if (active) {
      body.put("blockSignIn", false);
    }
    if (guarded) {
      body.put("protected", true);
    }
    if (password != null) {
      password.fill(body, terminal());
    }
    return show(service().post("/v1/users", body));
  }
}
