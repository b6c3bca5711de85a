package io.muster.license.books;

import io.muster.contracts.command.LicenseCommand;
import io.muster.license.seat.Ledger;
import io.muster.license.seat.Pool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Opens the {@link Ledger} of a batch and closes it again: five statements, and up to six more with
 * seats given back and brought back or set exactly, however many commands there are.
 */
public final class SeatBooks {
  private SeatBooks() {}

  /**
   * Locks the pools that the commands name (all of a tenant where a command means what its user
   * holds, or once held), then reads what their users hold, and gave back. Nobody else changes
   * these pools or their assignments until the transaction ends.
   */
  public static Ledger open(Connection connection, List<LicenseCommand> commands)
      throws SQLException {
    Asked asked = Asked.by(commands);
    List<Pool> pools = PoolTable.lock(connection, asked.named(), asked.wholly());
    return new Ledger(
        pools,
        AssignmentTable.load(connection, asked.users()),
        GivenBackTable.load(connection, asked.lookingBack(), null),
        ExactSetTable.load(connection, asked.users()));
  }

  /**
   * Writes what was changed.
   *
   * @param now when seats that were taken are taken
   */
  public static void close(Connection connection, Ledger ledger, Instant now) throws SQLException {
    AssignmentTable.store(connection, ledger.allSeats(), now);
    GivenBackTable.store(connection, ledger.allGivenBack(), false);
    ExactSetTable.store(connection, ledger.changedExactSets());
    PoolTable.store(connection, ledger.changedPools());
  }
}
