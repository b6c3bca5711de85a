package io.muster.license.assigning;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.Outcome;
import io.muster.license.books.SeatBooks;
import io.muster.license.seat.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Takes and gives back seats: reads and locks what a batch is about, decides it in memory in
 * arrival order, writes it. All commands of a tenant contend for its pools, so a round is a whole
 * batch, undo commands included. A dry run's commands are decided by the same code on books of
 * their own.
 */
@ApplicationScoped
public class AssigningSeats implements CommandHandler<LicenseCommand> {
  private final DataSource dataSource;
  private final Clock clock;

  @Inject
  AssigningSeats(DataSource dataSource) {
    this(dataSource, Clock.systemUTC());
  }

  AssigningSeats(DataSource dataSource, Clock clock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  @Override
  public List<Outcome> apply(List<LicenseCommand> round) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Map<LicenseCommand, Outcome> outcomes = new IdentityHashMap<>(round.size());
      // Tried on a copy that is thrown away.
      decide(connection, round.stream().filter(LicenseCommand::dryRun).toList(), outcomes);
      Ledger ledger =
          decide(connection, round.stream().filter(c -> !c.dryRun()).toList(), outcomes);
      SeatBooks.close(connection, ledger, clock.instant());
      return round.stream().map(outcomes::get).toList();
    }
  }

  private static Ledger decide(
      Connection connection, List<LicenseCommand> commands, Map<LicenseCommand, Outcome> outcomes)
      throws SQLException {
    Ledger ledger = SeatBooks.open(connection, commands);
    for (LicenseCommand command : commands) {
      outcomes.put(command, decide(ledger, command));
    }
    return ledger;
  }

  private static Outcome decide(Ledger ledger, LicenseCommand command) {
    if (command.undoes() != null || command.action() == Action.UNDO) {
      return TakingBack.undo(ledger, command);
    }
    return switch (command.action()) {
      case TAKE -> TakingSeats.take(ledger, command);
      case RELEASE -> ReleasingSeats.release(ledger, command);
      case SET -> SettingLicenses.set(ledger, command);
      case RESTORE ->
          command.reverts() == null
              ? TellingWhatWasHeld.tell(ledger, command)
              : TakingBack.revert(ledger, command);
      case UNDO -> throw new IllegalStateException("an undo is settled above");
    };
  }
}
