package io.muster.bulkingest.upload;

import java.util.Optional;

/** What a given password must be. Neither it nor a part of it is ever in an answer. */
public final class PasswordPolicy {
  /**
   * @param password as given, never trimmed or folded
   * @param userPrincipalName whose it is to be; null when unknown
   * @return why it is too weak, one sentence for people; empty when it is good enough
   */
  public Optional<String> weakness(String password, String userPrincipalName) {
    throw new UnsupportedOperationException();
  }
}
