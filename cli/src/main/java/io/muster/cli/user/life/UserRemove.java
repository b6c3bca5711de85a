package io.muster.cli.user.life;

import io.muster.cli.CommandFailed;
import io.muster.cli.terminal.Person;
import io.muster.cli.user.OneUserCommand;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster user remove}: a job of one row whose result is waited for. */
@Command(
    name = "remove",
    description = {
      "Moves one user to the recycle bin and releases their seats. For 30 days restore brings the"
          + " account back; then it is gone. On a terminal it asks first."
    },
    footer = {
      "  muster user remove chris@contoso.com",
      "  muster user remove chris@contoso.com --yes",
      "  muster Remove-MSOnlineUser --csv leavers.csv --dry-run --watch"
    })
public final class UserRemove extends OneUserCommand {
  private static final Set<String> YES = Set.of("y", "yes");

  @Option(
      names = {"-y", "--yes"},
      order = 50,
      description = "Don't ask.")
  private boolean yes;

  @Override
  public Integer call() {
    Person person = terminal().person();
    if (!yes && person.isThere()) {
      String answer =
          person
              .line(
                  "Remove "
                      + userPrincipalName()
                      + "? It can be restored for 30 days; its seats are released now. [y/N] ")
              .orElse("");
      if (!YES.contains(answer.strip().toLowerCase(Locale.ROOT))) {
        throw CommandFailed.refused("NOT_CONFIRMED", "Nothing was removed.");
      }
    }
    return show(service().delete(address()));
  }
}
