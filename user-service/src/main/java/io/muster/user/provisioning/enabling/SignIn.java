package io.muster.user.provisioning.enabling;

import io.muster.contracts.command.Stamp;
import java.util.Objects;
import java.util.UUID;

/**
 * Whether and by what somebody can sign in, each with the stamp of the intention that left it so.
 * Also the image that the table {@code change} keeps of it.
 *
 * @param state DISABLED or ACTIVE
 * @param credential NONE, SET or GENERATED
 * @param credentialId the version that the account points at; null with NONE
 */
public record SignIn(
    String state,
    Stamp stateStamp,
    String credential,
    UUID credentialId,
    boolean mustChangePassword,
    Stamp credentialStamp) {
  public SignIn {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(stateStamp, "stateStamp");
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(credentialStamp, "credentialStamp");
    if (credential.equals("NONE") != (credentialId == null)) {
      throw new IllegalArgumentException("an account points at a credential, or has none");
    }
  }

  /** The same, active. */
  public SignIn activated(Stamp stamp) {
    return withState("ACTIVE", stamp);
  }

  /** The same with another state. */
  public SignIn withState(String newState, Stamp stamp) {
    return new SignIn(
        newState, stamp, credential, credentialId, mustChangePassword, credentialStamp);
  }

  /** The same with another credential. */
  public SignIn withCredential(String kind, UUID id, boolean mustChange, Stamp stamp) {
    return new SignIn(state, stateStamp, kind, id, mustChange, stamp);
  }

  /** The same credential, also wanted by this intention, unless a newer one wants it already. */
  public SignIn withCredentialConfirmed(Stamp stamp) {
    return stamp.compareTo(credentialStamp) <= 0
        ? this
        : withCredential(credential, credentialId, mustChangePassword, stamp);
  }

  /** The same with the credential that another image has. */
  public SignIn withCredentialOf(SignIn other) {
    return withCredential(
        other.credential, other.credentialId, other.mustChangePassword, other.credentialStamp);
  }
}
