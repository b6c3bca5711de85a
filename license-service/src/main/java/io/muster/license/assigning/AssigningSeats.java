package io.muster.license.assigning;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.Outcome;
import io.muster.license.books.SeatBooks;
import io.muster.license.dryrun.DryRunBooks;
import io.muster.license.report.MovedSeats;
import io.muster.license.seat.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
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

  /** Dry runs first, so that none sees what comes after it. */
  @Override
  public List<Outcome> apply(List<LicenseCommand> round) throws SQLException {
    List<LicenseCommand> real = new ArrayList<>(round.size());
    Map<DryRunBooks.Job, List<LicenseCommand>> dryRuns = new LinkedHashMap<>();
    for (LicenseCommand command : round) {
      (command.dryRun()
              ? dryRuns.computeIfAbsent(DryRunBooks.Job.of(command), job -> new ArrayList<>())
              : real)
          .add(command);
    }
    Map<LicenseCommand, Outcome> outcomes = new IdentityHashMap<>(round.size());
    try (Connection connection = dataSource.getConnection()) {
      for (var dryRun : dryRuns.entrySet()) {
        DryRunBooks books = DryRunBooks.open(connection, dryRun.getKey(), dryRun.getValue());
        decide(books.ledger(), dryRun.getValue(), outcomes);
        books.close(connection);
      }
      if (!real.isEmpty()) {
        Ledger ledger = SeatBooks.open(connection, real);
        decide(ledger, real, outcomes);
        SeatBooks.close(connection, ledger, clock.instant());
      }
    }
    return round.stream().map(outcomes::get).toList();
  }

  private static void decide(
      Ledger ledger, List<LicenseCommand> commands, Map<LicenseCommand, Outcome> outcomes) {
    for (LicenseCommand command : commands) {
      MovedSeats moved = MovedSeats.by(ledger, command);
      outcomes.put(command, moved.told(decide(ledger, command)));
    }
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
