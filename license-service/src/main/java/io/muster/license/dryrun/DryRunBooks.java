package io.muster.license.dryrun;

import io.muster.contracts.command.LicenseCommand;
import io.muster.license.books.Asked;
import io.muster.license.books.AssignmentTable;
import io.muster.license.books.ExactSetTable;
import io.muster.license.books.GivenBackTable;
import io.muster.license.seat.GivenBack;
import io.muster.license.seat.Ledger;
import io.muster.license.seat.Pool;
import io.muster.license.seat.Seat;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The books of one dry run: pools and seats as they really are, with all that the job's rows would
 * have changed so far laid over. Nothing real is locked or written. Why so: {@code
 * docs/decisions/0012-dry-runs-on-books-of-their-own.md}.
 */
public final class DryRunBooks {
  /** Whose books they are. */
  public record Job(String tenant, UUID id) {
    /** The dry run that a command belongs to. */
    public static Job of(LicenseCommand command) {
      return new Job(command.tenant(), command.jobId());
    }
  }

  private final Job job;
  private final Ledger ledger;
  private final Set<String> knownSkus;

  private DryRunBooks(Job job, Ledger ledger, Set<String> knownSkus) {
    this.job = job;
    this.ledger = ledger;
    this.knownSkus = knownSkus;
  }

  /** Opens them for a batch's commands of that job. */
  public static DryRunBooks open(Connection connection, Job job, List<LicenseCommand> commands)
      throws SQLException {
    Asked asked = Asked.by(commands);
    DryRunPoolTable.Pools pools = DryRunPoolTable.load(connection, job);
    List<Seat> seats = new ArrayList<>(AssignmentTable.load(connection, asked.users()));
    seats.addAll(DryRunSeatTable.load(connection, job, asked.users()));
    List<GivenBack> givenBack = GivenBackTable.load(connection, asked.lookingBack(), job.id());
    // Its own rows come in order, so only what others said can be newer than one of them.
    Ledger ledger =
        new Ledger(pools.pools(), seats, givenBack, ExactSetTable.load(connection, asked.users()));
    return new DryRunBooks(job, ledger, pools.knownSkus());
  }

  public Ledger ledger() {
    return ledger;
  }

  /** Keeps what was changed, for the job's next batches. */
  public void close(Connection connection) throws SQLException {
    DryRunSeatTable.store(connection, job, ledger.allSeats());
    List<Pool> pools =
        ledger.allPools().stream()
            .filter(pool -> pool.isChanged() || !knownSkus.contains(pool.key().sku()))
            .toList();
    DryRunPoolTable.store(connection, job, pools);
    DryRunNeedTable.store(connection, job, ledger.allNeeds());
    GivenBackTable.store(connection, ownGivenBack(), true);
  }

  /** What real commands gave back stays as it is. */
  private List<GivenBack> ownGivenBack() {
    return ledger.allGivenBack().stream()
        .filter(given -> given.by().id().jobId().equals(job.id()))
        .toList();
  }
}
