package io.muster.user.provisioning.enabling;

import io.muster.chassis.setwise.ColumnArrays;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;

/** The one statement that changes how accounts sign in. */
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

  private final Clock clock;

  WritingSignIns() {
    this.clock = Clock.systemUTC();
  }

  /**
   * @param account as it was read
   * @param after as it is to be
   */
  public record Change(FoundAccount account, SignIn after) {}

  /**
   * @param changes no two of one account
   * @throws SQLTransientException 40001 when an account is no longer as it was read
   */
  public void write(Connection connection, List<Change> changes) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    List<Change> sorted =
        changes.stream()
            .sorted(
                Comparator.comparing((Change c) -> c.account().tenant())
                    .thenComparing(c -> c.account().id()))
            .toList();
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      statement.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
      new ColumnArrays<>(statement, sorted, 2)
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
      if (statement.executeUpdate() != sorted.size()) {
        throw new SQLTransientException("an account was changed since it was read", "40001");
      }
    }
  }
}
