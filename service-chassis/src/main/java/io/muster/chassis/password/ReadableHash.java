package io.muster.chassis.password;

import java.util.Optional;

/** A password's hash in a form that is known. No implementation shows salt or tag in its text. */
public sealed interface ReadableHash permits Argon2idHash, BcryptHash, Pbkdf2Hash {
  /** The one spelling in which it is kept and compared. */
  String written();

  /**
   * @return why it can't be taken over, one sentence; empty when it is within floor and ceiling
   */
  Optional<String> fault();
}
