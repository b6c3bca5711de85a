package io.muster.user.provisioning;

import io.muster.inbox.Outcome;
import java.util.Objects;
import java.util.UUID;

/**
 * What a command did.
 *
 * @param accountId null where a refused command met no account
 * @param before the account's image, null where it wasn't there or wasn't changed
 * @param after the account's image, null where it wasn't changed
 */
public record Effect(Outcome outcome, UUID accountId, Object before, Object after) {
  public Effect {
    Objects.requireNonNull(outcome, "outcome");
  }

  static Effect refused(Outcome outcome) {
    return refused(outcome, null);
  }

  /** A refused attempt on an account that is there. */
  public static Effect refused(Outcome outcome, UUID accountId) {
    return new Effect(outcome, accountId, null, null);
  }

  /** A change of an account that was there. */
  public static Effect changed(UUID accountId, Object before, Object after) {
    return new Effect(Outcome.applied(), accountId, before, after);
  }

  static Effect added(UUID accountId, AccountImage after) {
    return new Effect(Outcome.applied(), accountId, null, after);
  }

  /** A change was taken back, or left to those who changed the account after it. */
  public static Effect undone(UUID accountId, Object before, Object after) {
    return new Effect(Outcome.undone(), accountId, before, after);
  }

  /** Of a dry run that found nothing to refuse. */
  public static Effect wouldApply() {
    return new Effect(Outcome.applied(), null, null, null);
  }
}
