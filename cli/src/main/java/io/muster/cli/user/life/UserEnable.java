package io.muster.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.service.Service;
import io.muster.cli.terminal.Results;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
final class UserEnable extends OneUserCommand {
  @Parameters(paramLabel = "UPN", description = "The user principal name, local@domain.")
  private String userPrincipalName;

  @Option(
      names = "--license",
      paramLabel = "SKU",
      order = 50,
      description = "A subscription to take a seat in. Repeatable: all of them or none.")
  private List<String> licenses = List.of();

  @Option(
      names = "--password",
      order = 51,
      interactive = true,
      description = "Ask for the password; it is never taken from the command line.")
  private char[] password;

  @Option(
      names = "--keep-password",
      order = 52,
      description = "The asked password needn't be changed at the next sign-in.")
  private boolean keepPassword;

  @Override
  public Integer call() {
    ObjectNode body = Results.object();
    if (password != null) {
      body.put("password", new String(password));
      body.put("mustChangePassword", !keepPassword);
    }
    if (!licenses.isEmpty()) {
      licenses.forEach(body.putArray("licenses")::add);
    }
    JsonNode answer =
        service().post("/v1/users/" + Service.encoded(userPrincipalName) + "/enable", body);
    return show(answer);
  }
}
