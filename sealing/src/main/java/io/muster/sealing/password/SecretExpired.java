package io.muster.sealing.password;

import java.time.LocalDate;

/** The private key of a password's epoch is gone: nobody can open it any more. A normal outcome. */
public final class SecretExpired extends Exception {
  private static final long serialVersionUID = 1L;

  SecretExpired(LocalDate epoch) {
    super("the private key of epoch " + epoch + " is gone", null, false, false);
  }
}
