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
record Effect(Outcome outcome, UUID accountId, Object before, Object after) {
  Effect {
    Objects.requireNonNull(outcome, "outcome");
  }

  static Effect refused(Outcome outcome) {
    return new Effect(outcome, null, null, null);
  }

  static Effect added(UUID accountId, AccountImage after) {
    return new Effect(Outcome.applied(), accountId, null, after);
  }

  /** Of a dry run that found nothing to refuse. */
  static Effect wouldApply() {
    return new Effect(Outcome.applied(), null, null, null);
  }
}
