package io.muster.user.provisioning.enabling;

import io.muster.inbox.Outcome;

/**
 * What became of a given password before its transaction.
 *
 * @param hash a PHC string; null when it was refused
 * @param refusal null when it was hashed
 */
public record PreparedPassword(String hash, Outcome refusal) {
  public PreparedPassword {
    if ((hash == null) == (refusal == null)) {
      throw new IllegalArgumentException("a password is hashed or refused");
    }
  }
}
