package io.muster.license.report;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.inbox.Announcements;
import io.muster.inbox.Happening;
import io.muster.inbox.Outcome;
import java.util.List;

/** What the tenant's other systems hear of our commands: which seats their users took and gave. */
public final class LicenseAnnouncements implements Announcements<LicenseCommand> {

  @Override
  public String userPrincipalName(LicenseCommand command) {
    return command.userPrincipalName();
  }

  @Override
  public List<Happening> of(LicenseCommand command, Outcome outcome) {
    if (command.dryRun()) {
      return List.of();
    }
    if (outcome.happened() != null
        && (outcome.part() == PartOutcome.APPLIED || outcome.part() == PartOutcome.UNDONE)) {
      return outcome.happened();
    }
    return outcome.part() == PartOutcome.APPLIED ? MovedSeats.usual(command) : List.of();
  }
}
