package io.muster.license.seat;

import io.muster.contracts.command.LicenseCommand;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Opens the {@link Ledger} of a batch and closes it again: four statements, five with seats given
 * back, however many commands there are.
 */
public final class SeatBooks {
  private SeatBooks() {}

  /**
   * Locks the pools that the commands name (all of a tenant where a command means all that its user
   * holds), then reads what their users hold. Nobody else changes these pools or their assignments
   * until the transaction ends.
   */
  public static Ledger open(Connection connection, List<LicenseCommand> commands)
      throws SQLException {
    Set<Pool.Key> named = new LinkedHashSet<>();
    Set<String> wholly = new HashSet<>();
    Set<User> users = new LinkedHashSet<>();
    for (LicenseCommand command : commands) {
      for (String sku : command.subscriptions()) {
        if (Text.isSku(sku)) {
          named.add(new Pool.Key(command.tenant(), sku));
        }
      }
      if (command.subscriptions().isEmpty()) {
        wholly.add(command.tenant());
      }
      if (Text.isStorable(command.userPrincipalName())) {
        users.add(User.of(command));
      }
    }
    List<Pool> pools = PoolTable.lock(connection, named, wholly);
    return new Ledger(pools, AssignmentTable.load(connection, users));
  }

  /**
   * Writes what was changed.
   *
   * @param now when seats that were taken are taken
   */
  public static void close(Connection connection, Ledger ledger, Instant now) throws SQLException {
    AssignmentTable.store(connection, ledger.allSeats(), now);
    PoolTable.store(connection, ledger.changedPools());
  }
}
