package io.muster.cli.user.life;

import io.muster.cli.terminal.Results;
import io.muster.cli.user.OneUserCommand;
import picocli.CommandLine.Command;

/** {@code muster user restore}: a job of one row whose result is waited for. */
@Command(
    name = "restore",
    description = {
      "Takes one user out of the recycle bin, as the account was when it was removed. Seats are not"
          + " taken back: the job's row tells which were held."
    },
    footer = {"  muster user restore chris@contoso.com", "  muster user list --state REMOVED"})
public final class UserRestore extends OneUserCommand {
  @Override
  public Integer call() {
    return show(service().post(address() + "/restore", Results.object()));
  }
}
