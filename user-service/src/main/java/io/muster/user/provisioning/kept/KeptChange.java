package io.muster.user.provisioning.kept;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A change as the table {@code change} keeps it.
 *
 * @param before what it found; empty where it kept nothing to bring back
 * @param after what it left
 * @param undone the row was refused elsewhere: it never counted
 * @param reverted a row of an undo job took it back
 * @param reverts what it took back itself; null when it is no row of an undo job
 * @param from whose images it brought back, by facet; empty when it is no row of an undo job
 */
public record KeptChange(
    Operation operation,
    UUID accountId,
    Stamp stamp,
    KeptImage before,
    KeptImage after,
    boolean undone,
    boolean reverted,
    CommandId reverts,
    Map<Facet, Stamp> from) {

  /** Whether it set or confirmed this. */
  public boolean touched(Facet facet) {
    return stamp.equals(facet.stampIn(after));
  }

  /** It gave the account a credential, or took one. */
  public boolean changedCredential() {
    return before.signIn() != null
        && after.signIn() != null
        && !Objects.equals(before.signIn().credentialId(), after.signIn().credentialId());
  }

  /** It put something in the place of a credential that was there. */
  public boolean replacedCredential() {
    return changedCredential() && before.signIn().credentialId() != null;
  }
}
