package io.muster.user.provisioning;

import io.muster.contracts.command.Operation;
import io.muster.inbox.Happening;
import io.muster.inbox.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What a command did.
 *
 * @param accountId null where a refused command met no account
 * @param before the account's image, null where it wasn't there or wasn't changed
 * @param after the account's image, null where it wasn't changed
 * @param operation what was undone, or done in the end; null where the command itself names it
 */
public record Effect(
    Outcome outcome, UUID accountId, Object before, Object after, Operation operation) {
  public Effect {
    Objects.requireNonNull(outcome, "outcome");
  }

  /** A refused attempt that met no account. */
  public static Effect refused(Outcome outcome) {
    return refused(outcome, null);
  }

  /** A refused attempt on an account that is there. */
  public static Effect refused(Outcome outcome, UUID accountId) {
    return new Effect(outcome, accountId, null, null, null);
  }

  /** A change of an account that was there. */
  public static Effect changed(UUID accountId, Object before, Object after) {
    return new Effect(Outcome.applied(), accountId, before, after, null);
  }

  /** An account was made. */
  public static Effect added(UUID accountId, Object after) {
    return new Effect(Outcome.applied(), accountId, null, after, null);
  }

  /**
   * The same, telling other systems more or less than the command would.
   *
   * @param happened null where the command says it
   */
  public Effect telling(List<Happening> happened) {
    return new Effect(outcome.telling(happened), accountId, before, after, operation);
  }

  /** A change was taken back, or left to those who changed the account after it. */
  public static Effect undone(Operation operation, UUID accountId, Object before, Object after) {
    return new Effect(Outcome.undone(), accountId, before, after, operation);
  }
}
