package io.muster.license.assigning;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.List;

/** Takes and releases seats. Until subscriptions can be set up, every command is refused. */
@ApplicationScoped
public class AssigningSeats implements CommandHandler<LicenseCommand> {
  private static final Outcome NOT_YET =
      Outcome.rejected(RowCode.OPERATION_NOT_ALLOWED, "Licenses are not yet available.");

  @Override
  public List<Outcome> apply(List<LicenseCommand> round) {
    return Collections.nCopies(round.size(), NOT_YET);
  }
}
