package io.muster.user.provisioning.signin;

import io.muster.chassis.access.Roles;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import java.util.Optional;

/**
 * Who may do what to which account, row by row: a tenant administrator everything, a password
 * administrator reset passwords within their units. Of an account outside of them they learn that
 * it is outside, and nothing else.
 */
public final class Rights {
  private Rights() {}

  /** What can be told without looking at any account. */
  public static Optional<Outcome> refuse(Actor actor, Operation operation) {
    boolean may =
        isTenantAdmin(actor)
            || (operation == Operation.SET_PASSWORD
                && actor.roles().contains(Roles.PASSWORD_ADMIN));
    return may
        ? Optional.empty()
        : Optional.of(
            Outcome.rejected(
                RowCode.OPERATION_NOT_ALLOWED,
                "Only a tenant administrator may do %s.".formatted(operation.word())));
  }

  /** What has to be asked of the account. */
  public static Optional<Outcome> refuse(Actor actor, FoundAccount account) {
    if (isTenantAdmin(actor)) {
      return Optional.empty();
    }
    if (account.unit() == null || !actor.units().contains(account.unit())) {
      return Optional.of(Outcome.rejected(RowCode.OUTSIDE_YOUR_UNIT));
    }
    return account.isProtected()
        ? Optional.of(Outcome.rejected(RowCode.PROTECTED_ACCOUNT))
        : Optional.empty();
  }

  /**
   * Both, and that there is an account in use.
   *
   * @param account null where there is none
   */
  public static Optional<Outcome> refuseUnlessInUse(
      Actor actor, Operation operation, FoundAccount account) {
    Optional<Outcome> refusal = refuseUnlessThere(actor, operation, account);
    return refusal.isPresent() || !account.isRemoved()
        ? refusal
        : Optional.of(Outcome.rejected(RowCode.USER_REMOVED));
  }

  /**
   * Both, and that there is an account, in use or removed.
   *
   * @param account null where there is none
   */
  public static Optional<Outcome> refuseUnlessThere(
      Actor actor, Operation operation, FoundAccount account) {
    return refuse(actor, operation)
        .or(
            () ->
                account == null
                    ? Optional.of(Outcome.rejected(RowCode.USER_NOT_FOUND))
                    : refuse(actor, account));
  }

  /** Whether something newer was decided since. */
  public static boolean isOlder(Stamp mine, Stamp theirs) {
    return mine.compareTo(theirs) < 0;
  }

  private static boolean isTenantAdmin(Actor actor) {
    return actor.roles().contains(Roles.TENANT_ADMIN);
  }
}
