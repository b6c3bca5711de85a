package io.muster.user.recyclebin;

import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.user.audit.Change;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An account that is gone for good.
 *
 * @param credentialId null when it had none
 */
record PurgedAccount(UUID id, String userPrincipalName, Instant purgeAt, UUID credentialId) {
  /** Nobody asked for it: time did. */
  private static final Actor NOBODY = new Actor("muster", Set.of("system"), Set.of());

  /** A number that no admission draws. No account bears the stamp, since there is none. */
  private static final long NO_SUBMISSION = Long.MAX_VALUE;

  /** For the audit: a purge is a job that nobody can list, and removes what was left. */
  Change change(String tenant, UUID purge, long row) {
    return new Change(
        new UserCommand(
            tenant,
            purge,
            row,
            new Stamp(NO_SUBMISSION, row),
            Operation.REMOVE,
            userPrincipalName,
            false,
            false,
            null,
            Map.of(),
            null,
            null,
            false,
            false,
            false,
            NOBODY,
            Set.of(Part.USER),
            null,
            null,
            false),
        id,
        null,
        Map.of(
            "userPrincipalName",
            userPrincipalName,
            "state",
            "REMOVED",
            "purgeAt",
            purgeAt.toString()),
        null);
  }
}
