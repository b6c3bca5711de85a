package io.muster.user.password.signin;

import io.muster.contracts.command.UserPrincipalName;
import io.muster.sealing.Secret;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody tries a password.
 *
 * @param tenant whose user
 * @param actor who tries, the token's subject
 * @param roles the token's, for the audit
 * @param units only users in these are in the actor's sight, and no protected ones; null: all are
 * @param userPrincipalName whose password, as asked
 * @param password what is tried
 */
public record Attempt(
    String tenant,
    String actor,
    Set<String> roles,
    Set<String> units,
    String userPrincipalName,
    Secret password) {

  /** Whether the actor may try this user's. */
  enum Sight {
    OPEN,
    /** Not there, for all the actor is told. */
    HIDDEN,
    PROTECTED
  }

  /** What names are compared by; what no column takes is replaced, and is nobody's name. */
  String upnKey() {
    String key = UserPrincipalName.keyOf(userPrincipalName).replace('\0', '\uFFFD');
    int end = key.offsetByCodePoints(0, Math.min(longest(), key.codePointCount(0, key.length())));
    return key.substring(0, end);
  }

  /** One more than a name can have, so that a name too long is nobody's. */
  private static int longest() {
    return UserPrincipalName.MAX_LENGTH + 1;
  }

  Sight sees(Optional<KnownCredential> known) {
    if (units == null) {
      return Sight.OPEN;
    }
    if (known.isEmpty() || known.get().unit() == null || !units.contains(known.get().unit())) {
      return Sight.HIDDEN;
    }
    return known.get().isProtected() ? Sight.PROTECTED : Sight.OPEN;
  }
}
