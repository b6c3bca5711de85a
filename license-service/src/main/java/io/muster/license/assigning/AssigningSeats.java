package io.muster.license.assigning;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.Outcome;
import io.muster.license.seat.Ledger;
import io.muster.license.seat.SeatBooks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Takes and gives back seats: reads and locks what a batch is about, decides it in memory in
 * arrival order, writes it. All commands of a tenant contend for its pools, so a round is a whole
 * batch, undo commands included.
 */
@ApplicationScoped
public class AssigningSeats implements CommandHandler<LicenseCommand> {
  private static final Outcome NOT_YET =
      Outcome.rejected(RowCode.OPERATION_NOT_ALLOWED, "This operation is not yet available.");

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
      Ledger ledger = SeatBooks.open(connection, round);
      List<Outcome> outcomes = new ArrayList<>(round.size());
      for (LicenseCommand command : round) {
        outcomes.add(decide(ledger, command));
      }
      SeatBooks.close(connection, ledger, clock.instant());
      return outcomes;
    }
  }

  private static Outcome decide(Ledger ledger, LicenseCommand command) {
    if (command.undoes() != null || command.action() == Action.UNDO) {
      return UndoingTakes.undo(ledger, command);
    }
    return switch (command.action()) {
      case TAKE -> TakingSeats.take(ledger, command);
      case RELEASE -> ReleasingSeats.release(ledger, command);
      default -> NOT_YET;
    };
  }
}
