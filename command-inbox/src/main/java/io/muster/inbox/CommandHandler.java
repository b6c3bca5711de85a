package io.muster.inbox;

import java.sql.SQLException;
import java.util.List;

/**
 * The work itself, set-wise and inside the inbox's transaction: a few statements for all commands
 * of a round, never one for each. Knows no Kafka.
 *
 * @param <C> the command
 */
@FunctionalInterface
public interface CommandHandler<C> {
  /**
   * Applies one round: commands that share no contention key, in arrival order, none of them done
   * before. A refusal is an outcome. An exception means that the system broke; then nothing of the
   * batch counts, and it comes again.
   *
   * @return one outcome for each command, in the same order
   * @throws SQLException the database failed, or two batches met
   */
  List<Outcome> apply(List<C> round) throws SQLException;
}
