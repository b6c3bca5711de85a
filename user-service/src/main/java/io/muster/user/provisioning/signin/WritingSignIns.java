package io.muster.user.provisioning.signin;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.command.Stamp;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Changes how accounts sign in: one statement for those in use, and a wider one for those that go
 * into the recycle bin, lie there, or come out of it.
 */
@ApplicationScoped
public class WritingSignIns {
  /** An account that somebody changed since it was read is left alone: its batch starts over. */
  private static final String WRITE =
      """
      UPDATE account a
      SET state = n.state, state_submission = n.state_submission, state_row = n.state_row,
          credential = n.credential, credential_id = n.credential_id,
          must_change_password = n.must_change, credential_submission = n.credential_submission,
          credential_row = n.credential_row, updated_at = now.at
      FROM (SELECT ?::timestamptz AS at) AS now,
           unnest(
          ?::text[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
          ?::text[], ?::bigint[], ?::bigint[],
          ?::text[], ?::uuid[], ?::boolean[], ?::bigint[], ?::bigint[]) AS n (
          tenant_id, id, was_state_submission, was_state_row, was_credential_submission,
          was_credential_row,
          state, state_submission, state_row,
          credential, credential_id, must_change, credential_submission, credential_row)
      WHERE a.tenant_id = n.tenant_id AND a.id = n.id AND a.state <> 'REMOVED'
        AND a.state_submission = n.was_state_submission AND a.state_row = n.was_state_row
        AND a.credential_submission = n.was_credential_submission
        AND a.credential_row = n.was_credential_row
      """;

  /** What lies in the bin already keeps its time there. */
  private static final String WRITE_BIN =
      """
      UPDATE account a
      SET state = n.state, state_submission = n.state_submission, state_row = n.state_row,
          credential = n.credential, credential_id = n.credential_id,
          must_change_password = n.must_change, credential_submission = n.credential_submission,
          credential_row = n.credential_row, updated_at = now.at,
          removed_from = n.removed_from, removed_from_submission = n.removed_from_submission,
          removed_from_row = n.removed_from_row,
          removed_at = CASE WHEN n.state = 'REMOVED' THEN coalesce(a.removed_at, now.at) END,
          purge_at = CASE WHEN n.state = 'REMOVED' THEN coalesce(a.purge_at, now.purge_at) END
      FROM (SELECT ?::timestamptz AS at, ?::timestamptz AS purge_at) AS now,
           unnest(
          ?::text[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
          ?::text[], ?::bigint[], ?::bigint[],
          ?::text[], ?::uuid[], ?::boolean[], ?::bigint[], ?::bigint[],
          ?::text[], ?::bigint[], ?::bigint[]) AS n (
          tenant_id, id, was_state_submission, was_state_row, was_credential_submission,
          was_credential_row,
          state, state_submission, state_row,
          credential, credential_id, must_change, credential_submission, credential_row,
          removed_from, removed_from_submission, removed_from_row)
      WHERE a.tenant_id = n.tenant_id AND a.id = n.id
        AND a.state_submission = n.was_state_submission AND a.state_row = n.was_state_row
        AND a.credential_submission = n.was_credential_submission
        AND a.credential_row = n.was_credential_row
      """;

  private final RecycleBinConfig bin;
  private final Clock clock;

  WritingSignIns(RecycleBinConfig bin) {
    this.bin = bin;
    this.clock = Clock.systemUTC();
  }

  /**
   * @param account as it was read
   * @param after as it is to be
   */
  public record Change(FoundAccount account, SignIn after) {
    private boolean isOfTheBin() {
      return account.isRemoved() || after.removed();
    }

    private Stamp removedFrom() {
      return after.removedFrom() == null ? null : after.removedFrom().stamp();
    }
  }

  /**
   * @param changes no two of one account
   * @throws SQLTransientException 40001 when an account is no longer as it was read
   */
  public void write(Connection connection, List<Change> changes) throws SQLException {
    List<Change> inUse = new ArrayList<>();
    List<Change> ofTheBin = new ArrayList<>();
    changes.stream()
        .sorted(
            Comparator.comparing((Change c) -> c.account().tenant())
                .thenComparing(c -> c.account().id()))
        .forEach(c -> (c.isOfTheBin() ? ofTheBin : inUse).add(c));
    OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (!inUse.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
        statement.setObject(1, now);
        bind(new ColumnArrays<>(statement, inUse, 2));
        run(statement, inUse.size());
      }
    }
    if (!ofTheBin.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(WRITE_BIN)) {
        statement.setObject(1, now);
        statement.setObject(2, now.plus(bin.keeps()));
        bind(new ColumnArrays<>(statement, ofTheBin, 3))
            .add("text", c -> c.after().removedFrom() == null ? null : from(c).state())
            .add("bigint", ofRemovedFrom(Stamp::submission))
            .add("bigint", ofRemovedFrom(Stamp::row));
        run(statement, ofTheBin.size());
      }
    }
  }

  private static SignIn.Standing from(Change change) {
    return change.after().removedFrom();
  }

  private static Function<Change, Long> ofRemovedFrom(Function<Stamp, Long> half) {
    return c -> c.removedFrom() == null ? null : half.apply(c.removedFrom());
  }

  private static ColumnArrays<Change> bind(ColumnArrays<Change> columns) throws SQLException {
    return columns
        .add("text", c -> c.account().tenant())
        .add("uuid", c -> c.account().id())
        .add("bigint", c -> c.account().signIn().stateStamp().submission())
        .add("bigint", c -> c.account().signIn().stateStamp().row())
        .add("bigint", c -> c.account().signIn().credentialStamp().submission())
        .add("bigint", c -> c.account().signIn().credentialStamp().row())
        .add("text", c -> c.after().state())
        .add("bigint", c -> c.after().stateStamp().submission())
        .add("bigint", c -> c.after().stateStamp().row())
        .add("text", c -> c.after().credential())
        .add("uuid", c -> c.after().credentialId())
        .add("boolean", c -> c.after().mustChangePassword())
        .add("bigint", c -> c.after().credentialStamp().submission())
        .add("bigint", c -> c.after().credentialStamp().row());
  }

  private static void run(PreparedStatement statement, int accounts) throws SQLException {
    if (statement.executeUpdate() != accounts) {
      throw new SQLTransientException("an account was changed since it was read", "40001");
    }
  }
}
