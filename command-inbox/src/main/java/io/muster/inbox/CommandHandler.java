package io.muster.inbox;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * The work itself, set-wise and inside the inbox's transaction: a few statements for all commands
 * of a round, never one for each. Knows no Kafka.
 *
 * @param <C> the command
 */
public interface CommandHandler<C> {
  /**
   * Applies one round: commands that share no contention key, in arrival order, none of them done
   * before. Of undos come only those whose command was applied before, in an earlier round at the
   * latest. A refusal is an outcome. An exception means that the system broke; then nothing of the
   * batch counts, and it comes again.
   *
   * @return one outcome for each command, in the same order
   * @throws SQLException the database failed, or two batches met
   */
  List<Outcome> apply(List<C> round) throws SQLException;

  /**
   * Keys that a command contends for and that don't stand in it: what a removal sets free, say.
   * Asked once for a batch, in its transaction, before it is cut into rounds; a few statements for
   * all. Besides what the database holds now, a command may meet what an earlier one of the batch
   * leaves.
   *
   * @param batch in arrival order
   * @return keys in addition to {@link CommandType#contentionKeys}, for each command, in the same
   *     order
   * @throws SQLException the database failed
   */
  default List<Collection<?>> hiddenContentionKeys(List<C> batch) throws SQLException {
    return Collections.nCopies(batch.size(), List.of());
  }

  /**
   * Whether a command needs work of its own that is too slow for a transaction: a password to be
   * hashed.
   */
  default boolean needsPreparing(C command) {
    return false;
  }

  /** How many such commands may wait for one transaction. Above 0. */
  default int preparedAtOnce() {
    return Integer.MAX_VALUE;
  }

  /**
   * Begins that work, outside of any transaction, and doesn't wait for it: the batch before is
   * committed meanwhile.
   *
   * @param commands those that {@link #needsPreparing} and have not been seen before, each once
   * @return what tells who applies the batch that they are in, and is closed in any case
   * @throws RuntimeException when the system broke; it is tried again
   */
  default Preparation<C> preparing(List<C> commands) {
    throw new UnsupportedOperationException("nothing needs to be prepared");
  }
}
