package io.muster.cli.user.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.terminal.Results;
import io.muster.cli.user.OneUserCommand;
import io.muster.cli.user.signin.GivenPassword;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster user enable}: a job of one row whose result is waited for. */
@Command(
    name = "enable",
    description = {
      "Activates one user and gives them seats. Without --password one that is there stays; where"
          + " there is none one is made, shown once, and must be changed at the first sign-in."
    },
    footer = {
      "  muster user enable chris@contoso.com --license E3",
      "  muster user enable chris@contoso.com --password",
      "  muster Enable-MSOnlineUser --csv starters.csv --license E3"
    })
public final class UserEnable extends OneUserCommand {
  @Option(
      names = "--license",
      paramLabel = "SKU",
      order = 50,
      description = "A subscription to take a seat in. Repeatable: all of them or none.")
  private List<String> licenses = List.of();

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private GivenPassword password;

  @Option(
      names = "--keep-password",
      order = 63,
      description = "The given password needn't be changed at the next sign-in.")
  private boolean keepPassword;

  @Override
  public Integer call() {
    ObjectNode body = Results.object();
    if (password != null) {
      password.fill(body, terminal());
      body.put("mustChangePassword", !keepPassword);
    }
    if (!licenses.isEmpty()) {
      licenses.forEach(body.putArray("licenses")::add);
    }
    return show(service().post(address() + "/enable", body));
  }
}
