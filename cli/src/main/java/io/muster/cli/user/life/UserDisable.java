package io.muster.cli.user.life;

import io.muster.cli.terminal.Results;
import io.muster.cli.user.OneUserCommand;
import picocli.CommandLine.Command;

/** {@code muster user disable}: a job of one row whose result is waited for. */
@Command(
    name = "disable",
    description = {
      "Bars one user from signing in and releases their seats. Account, properties and password"
          + " stay; enable brings the user back."
    },
    footer = {
      "  muster user disable chris@contoso.com",
      "  muster import leavers.csv --operation disable --watch"
    })
public final class UserDisable extends OneUserCommand {
  @Override
  public Integer call() {
    return show(service().post(address() + "/disable", Results.object()));
  }
}
