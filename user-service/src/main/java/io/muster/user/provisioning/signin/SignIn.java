package io.muster.user.provisioning.signin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.contracts.command.Stamp;
import java.util.Objects;
import java.util.UUID;

/**
 * Whether and by what somebody can sign in, each with the stamp of the intention that left it so.
 * Also the image that the table {@code change} keeps of it.
 *
 * @param state DISABLED, ACTIVE or REMOVED
 * @param removedFrom what it was before it was removed; null unless it is in the recycle bin
 * @param credential NONE, SET or GENERATED
 * @param credentialId the version that the account points at; null with NONE
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SignIn(
    String state,
    Stamp stateStamp,
    Standing removedFrom,
    String credential,
    UUID credentialId,
    boolean mustChangePassword,
    Stamp credentialStamp) {
  private static final String REMOVED = "REMOVED";

  public SignIn {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(stateStamp, "stateStamp");
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(credentialStamp, "credentialStamp");
    if (credential.equals("NONE") != (credentialId == null)) {
      throw new IllegalArgumentException("an account points at a credential, or has none");
    }
    if (removedFrom != null && !state.equals(REMOVED)) {
      throw new IllegalArgumentException("only what was removed remembers its state");
    }
  }

  /**
   * A state, and who left it.
   *
   * @param state DISABLED or ACTIVE
   */
  public record Standing(String state, Stamp stamp) {}

  /** In the recycle bin. */
  public boolean removed() {
    return state.equals(REMOVED);
  }

  /** The same with another state, not the recycle bin's. */
  public SignIn withState(String newState, Stamp stamp) {
    return withState(newState, null, stamp);
  }

  /** The same in the recycle bin, from where {@link #restored} brings it back. */
  public SignIn removed(Stamp stamp) {
    return withState(REMOVED, new Standing(state, stateStamp), stamp);
  }

  /** The same out of the recycle bin, as it was before. */
  public SignIn restored(Stamp stamp) {
    return withState(removedFrom == null ? "DISABLED" : removedFrom.state(), stamp);
  }

  /** The same, in the bin, but from another state. */
  public SignIn removedFrom(Standing before) {
    return withState(REMOVED, before, stateStamp);
  }

  /** The same with the state that another image has, the recycle bin included. */
  public SignIn withStateOf(SignIn other, Stamp stamp) {
    return withState(other.state, other.removedFrom, stamp);
  }

  /** The same with another credential. */
  public SignIn withCredential(String kind, UUID id, boolean mustChange, Stamp stamp) {
    return new SignIn(state, stateStamp, removedFrom, kind, id, mustChange, stamp);
  }

  /** The same credential, also wanted by this intention, unless a newer one wants it already. */
  public SignIn withCredentialConfirmed(Stamp stamp) {
    return stamp.compareTo(credentialStamp) <= 0
        ? this
        : withCredential(credential, credentialId, mustChangePassword, stamp);
  }

  /** The same with the credential that another image has. */
  public SignIn withCredentialOf(SignIn other, Stamp stamp) {
    return withCredential(other.credential, other.credentialId, other.mustChangePassword, stamp);
  }

  private SignIn withState(String newState, Standing from, Stamp stamp) {
    return new SignIn(
        newState, stamp, from, credential, credentialId, mustChangePassword, credentialStamp);
  }
}
