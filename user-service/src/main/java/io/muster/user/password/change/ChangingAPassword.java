package io.muster.user.password.change;

import io.muster.chassis.password.PasswordPolicy;
import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.Actor;
import io.muster.contracts.job.RequestCode;
import io.muster.contracts.result.RowCode;
import io.muster.sealing.Secret;
import io.muster.user.password.PasswordHashing;
import io.muster.user.password.signin.Attempt;
import io.muster.user.password.signin.CheckingAPassword;
import io.muster.user.password.signin.CheckingAPassword.Checked;
import io.muster.user.password.signin.KnownCredential;
import io.muster.user.password.signin.SignInThreads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** A person changes their own password: who knows the current one, at the pace of sign-ins. */
@ApplicationScoped
class ChangingAPassword {
  private final CheckingAPassword checking;
  private final PasswordHashing hashing;
  private final SubmissionNumbers numbers;
  private final ReplacingACredential replacing;
  private final SignInThreads threads;
  private final PasswordPolicy policy = new PasswordPolicy();

  ChangingAPassword(
      CheckingAPassword checking,
      PasswordHashing hashing,
      SubmissionNumbers numbers,
      ReplacingACredential replacing,
      SignInThreads threads) {
    this.checking = checking;
    this.hashing = hashing;
    this.numbers = numbers;
    this.replacing = replacing;
    this.threads = threads;
  }

  /**
   * @param current what the person says it is now
   * @param next what it is to be
   * @param bearer the person's Authorization header, for the submission number
   * @return fails with FORBIDDEN for a wrong current one, PASSWORD_TOO_WEAK for a bad new one,
   *     SUPERSEDED when somebody else was faster
   */
  Uni<Void> change(Attempt current, Secret next, Actor actor, String bearer) {
    return checking
        .check(current)
        .onItem()
        .transform(checked -> verified(checked, current, next))
        .onItem()
        .transformToUni(
            known ->
                numbers
                    .next(bearer)
                    .emitOn(threads)
                    .onItem()
                    .invoke(number -> replace(current.tenant(), actor, known, next, number))
                    .onItem()
                    .transform(number -> (Void) null));
  }

  private KnownCredential verified(Checked checked, Attempt current, Secret next) {
    if (!checked.valid()) {
      throw refused(RequestCode.FORBIDDEN, "The current password is not right.", "current");
    }
    Optional<String> weakness = policy.weakness(next.reveal(), current.userPrincipalName());
    if (weakness.isEmpty() && next.sameAs(current.password())) {
      weakness = Optional.of("The new password is the current one: choose another one.");
    }
    weakness.ifPresent(
        why -> {
          throw RequestRefused.row(RowCode.PASSWORD_TOO_WEAK, why, "new");
        });
    return checked.known().orElseThrow();
  }

  private void replace(
      String tenant, Actor actor, KnownCredential known, Secret next, long submission) {
    if (!replacing.replace(tenant, actor, known, hashing.hashHere(next), submission)) {
      throw RequestRefused.row(RowCode.SUPERSEDED, null, null);
    }
  }

  private static RequestRefused refused(RequestCode code, String detail, String field) {
    return RequestRefused.passedOn(
        new Problem(code.name(), code.title(), code.status(), detail, field, Map.of()));
  }
}
