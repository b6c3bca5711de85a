package io.muster.user.provisioning.signin;

import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.user.password.NewCredential;
import java.util.Objects;

/**
 * What is to become of an account.
 *
 * @param refusal null unless the row is refused
 * @param after how somebody is to sign in; null when nothing of it changes
 * @param credential the one that {@code after} points at; null when it brings none
 * @param told what the audit shows when nothing of the account changes
 */
public record Decision(Outcome refusal, SignIn after, NewCredential credential, Object told) {
  /** No. */
  public static Decision refused(Outcome refusal) {
    return new Decision(Objects.requireNonNull(refusal), null, null, null);
  }

  /** No, with the code's own remedy. */
  public static Decision refused(RowCode code) {
    return refused(Outcome.rejected(code));
  }

  /** Yes. */
  public static Decision to(SignIn after) {
    return to(after, null);
  }

  /** Yes, with a credential of its own, which {@code after} points at. */
  public static Decision to(SignIn after, NewCredential credential) {
    return new Decision(null, Objects.requireNonNull(after), credential, null);
  }

  /** Yes, and the account stays as it is. */
  public static Decision nothing(Object told) {
    return new Decision(null, null, null, told);
  }
}
