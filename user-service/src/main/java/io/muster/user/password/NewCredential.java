package io.muster.user.password;

import io.muster.sealing.Secret;
import java.util.Objects;
import java.util.UUID;

/**
 * A credential that a command gives an account.
 *
 * @param kind SET or GENERATED
 * @param mustChange at the next sign-in
 * @param clear what was generated, to be handed out; null with SET
 */
public record NewCredential(UUID id, String kind, String hash, boolean mustChange, Secret clear) {
  public NewCredential {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(hash, "hash");
    if (kind.equals("GENERATED") != (clear != null)) {
      throw new IllegalArgumentException("only what was generated is handed out");
    }
  }

  /** A given password. */
  public static NewCredential given(UUID id, String hash, boolean mustChange) {
    return new NewCredential(id, "SET", hash, mustChange, null);
  }
}
