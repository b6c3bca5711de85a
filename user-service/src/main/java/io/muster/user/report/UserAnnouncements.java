package io.muster.user.report;

import io.muster.contracts.command.UserCommand;
import io.muster.inbox.Announcements;
import io.muster.inbox.Happening;
import io.muster.inbox.Outcome;
import io.muster.user.provisioning.enabling.MadeAccounts;
import io.muster.user.provisioning.happened.Usually;
import java.util.List;

/** What the tenant's other systems hear of our commands. */
public final class UserAnnouncements implements Announcements<UserCommand> {

  @Override
  public String userPrincipalName(UserCommand command) {
    return command.userPrincipalName();
  }

  @Override
  public List<Happening> of(UserCommand command, Outcome outcome) {
    if (command.dryRun()) {
      return List.of();
    }
    return switch (outcome.part()) {
      case APPLIED -> applied(command, outcome);
      // A row that came too late for its own undo has nothing stored: nothing happened.
      case UNDONE -> outcome.happened() == null ? List.of() : outcome.happened();
      case NONE, REJECTED, SKIPPED -> List.of();
    };
  }

  private static List<Happening> applied(UserCommand command, Outcome outcome) {
    if (outcome.happened() != null) {
      return outcome.happened();
    }
    return MadeAccounts.MADE.detail().equals(outcome.detail())
        ? Usually.ofMaking()
        : Usually.of(command);
  }
}
