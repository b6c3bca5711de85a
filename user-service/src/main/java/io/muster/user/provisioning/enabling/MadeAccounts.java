package io.muster.user.provisioning.enabling;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.inbox.Outcome;
import io.muster.user.provisioning.RowRules;
import java.util.HashMap;
import java.util.Map;

/** What rows that make their accounts have in common with rows that add some. */
public final class MadeAccounts {
  /**
   * The account wasn't there before. It stands in the sentence for people, because what other
   * systems are told is told from the stored outcome alone.
   */
  public static final Outcome MADE = Outcome.applied("The account was made.");

  private MadeAccounts() {}

  /** The same row as one that adds an active account; there is nothing to clear yet. */
  static UserCommand adding(UserCommand enable) {
    Map<String, String> properties = new HashMap<>(enable.properties());
    properties.values().removeIf(RowRules.CLEARS::equals);
    return new UserCommand(
        enable.tenant(),
        enable.jobId(),
        enable.row(),
        enable.stamp(),
        Operation.ADD,
        enable.userPrincipalName(),
        false,
        true,
        enable.protectedAccount(),
        properties,
        null,
        enable.sealedPassword(),
        enable.passwordIsHash(),
        enable.mustChangePassword(),
        enable.generate(),
        enable.actor(),
        enable.parts(),
        null,
        null,
        enable.dryRun());
  }
}
