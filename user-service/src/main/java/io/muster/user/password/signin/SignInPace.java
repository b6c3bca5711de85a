package io.muster.user.password.signin;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Slower and slower after failures: each attempt takes its turn before anybody knows whether it is
 * right, so that guesses in parallel queue up like those in a row. Three turns are free, then they
 * are 0.25 s apart, doubling up to 8 s, until one is right or a day has passed.
 */
@ApplicationScoped
class SignInPace {
  /** Who would have to wait for longer is sent away, and takes no turn. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** Seconds between the last turn and the next one. */
  private static final String PAUSE =
      "CASE WHEN p.attempts < 3 THEN 0 ELSE 0.25 * power(2, least(p.attempts - 3, 5)) END";

  private static final String TAKE_A_TURN =
      """
      INSERT INTO sign_in_pace AS p (tenant_id, upn_key, attempts, starts_at)
      VALUES (?, ?, 1, clock_timestamp())
      ON CONFLICT (tenant_id, upn_key) DO UPDATE
      SET attempts = CASE WHEN p.starts_at < clock_timestamp() - interval '1 day' THEN 1
                          ELSE least(p.attempts + 1, 1000) END,
          starts_at = greatest(clock_timestamp(), p.starts_at + (%1$s) * interval '1 second')
      WHERE p.starts_at + (%1$s) * interval '1 second'
            <= clock_timestamp() + ? * interval '1 millisecond'
      RETURNING ceil(1000 * greatest(0, extract(epoch FROM p.starts_at - clock_timestamp())))
      """
          .formatted(PAUSE);

  private static final String COME_BACK_IN =
      """
      SELECT ceil(1000 * extract(epoch FROM
          p.starts_at + (%1$s) * interval '1 second' - clock_timestamp())) - ?
      FROM sign_in_pace p WHERE p.tenant_id = ? AND p.upn_key = ?
      """
          .formatted(PAUSE);

  private static final String RESET =
      "DELETE FROM sign_in_pace WHERE tenant_id = ? AND upn_key = ?";

  /**
   * A turn, or none.
   *
   * @param taken whether the attempt may go on
   * @param in how long it has to wait; without a turn, when to ask again
   */
  record Turn(boolean taken, Duration in) {}

  /** To be committed before the attempt waits. */
  Turn take(Connection connection, String tenant, String upnKey) throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE_A_TURN)) {
      take.setString(1, tenant);
      take.setString(2, upnKey);
      take.setLong(3, LONGEST_WAIT.toMillis());
      try (ResultSet turn = take.executeQuery()) {
        if (turn.next()) {
          return new Turn(true, Duration.ofMillis(turn.getLong(1)));
        }
      }
    }
    try (PreparedStatement again = connection.prepareStatement(COME_BACK_IN)) {
      again.setLong(1, LONGEST_WAIT.toMillis());
      again.setString(2, tenant);
      again.setString(3, upnKey);
      try (ResultSet wait = again.executeQuery()) {
        return new Turn(false, Duration.ofMillis(wait.next() ? Math.max(1, wait.getLong(1)) : 1));
      }
    }
  }

  /** After one that was right. */
  void reset(Connection connection, String tenant, String upnKey) throws SQLException {
    try (PreparedStatement reset = connection.prepareStatement(RESET)) {
      reset.setString(1, tenant);
      reset.setString(2, upnKey);
      reset.executeUpdate();
    }
  }
}
