package io.muster.user.password;

import io.muster.contracts.command.CommandId;
import io.muster.sealing.Secret;
import java.util.Objects;
import java.util.UUID;

/**
 * A generated password on its way to whoever asked for it.
 *
 * @param tenant whose
 * @param jobId by which job
 * @param row of the job, from 1
 * @param userPrincipalName as written
 * @param submitter the subject who may collect it
 * @param clear the password
 */
public record Handout(
    String tenant, UUID jobId, long row, String userPrincipalName, String submitter, Secret clear) {
  public Handout {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(userPrincipalName, "userPrincipalName");
    Objects.requireNonNull(submitter, "submitter");
    Objects.requireNonNull(clear, "clear");
  }

  /**
   * Which hand-out.
   *
   * @param tenant whose
   * @param command the job's row that made it
   */
  public record Of(String tenant, CommandId command) {
    public Of {
      Objects.requireNonNull(tenant, "tenant");
      Objects.requireNonNull(command, "command");
    }
  }
}
