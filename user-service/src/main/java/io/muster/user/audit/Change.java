package io.muster.user.audit;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.RowCode;
import java.util.Objects;
import java.util.UUID;

/**
 * One change, or one refused attempt.
 *
 * @param command who wanted it, and when
 * @param operation what was done, or was not
 * @param accountId null where a refused attempt met no account
 * @param code why it was refused; null for a change
 * @param before the account's image, written as JSON; null where it wasn't there
 * @param after the account's image, written as JSON; null for a refused attempt
 */
public record Change(
    UserCommand command,
    Operation operation,
    UUID accountId,
    RowCode code,
    Object before,
    Object after) {
  public Change {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(operation, "operation");
  }

  /** Of what the command itself names. */
  public Change(UserCommand command, UUID accountId, RowCode code, Object before, Object after) {
    this(command, command.operation(), accountId, code, before, after);
  }
}
