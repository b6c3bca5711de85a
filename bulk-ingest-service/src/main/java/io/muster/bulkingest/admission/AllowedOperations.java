package io.muster.bulkingest.admission;

import io.muster.chassis.access.Roles;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.RequestCode;

/**
 * What a role may ask for at all, of a file and of a single call. Rows with an Action of their own
 * are judged one by one; units and protected accounts are user-service's to judge.
 */
public final class AllowedOperations {
  private AllowedOperations() {}

  /**
   * @throws RequestRefused FORBIDDEN when the caller's roles never allow that operation
   */
  public static void check(Actor actor, Operation operation) {
    boolean allowed =
        actor.roles().contains(Roles.TENANT_ADMIN)
            || actor.roles().contains(Roles.PASSWORD_ADMIN) && operation == Operation.SET_PASSWORD;
    if (!allowed) {
      throw RequestRefused.because(
          RequestCode.FORBIDDEN,
          "Your role does not allow "
              + operation.word()
              + ": password administrators may set-password, everything else takes a tenant"
              + " administrator.");
    }
  }
}
