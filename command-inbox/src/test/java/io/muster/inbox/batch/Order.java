package io.muster.inbox.batch;

import io.muster.contracts.command.CommandId;
import java.util.Objects;
import java.util.UUID;

/**
 * A command for tests.
 *
 * @param badge a second thing to contend for; null for none
 * @param undoes null for an ordinary command
 */
public record Order(
    String tenant, UUID jobId, long row, Verb verb, String user, String badge, CommandId undoes) {
  public enum Verb {
    /** Refused when the user is there, or another one has the badge. */
    ADD,
    /** Refused when the user isn't there. */
    REMOVE,
    /** Counts up; refused when the user isn't there. */
    COUNT
  }

  public Order {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(jobId, "jobId");
    user = user == null ? "nobody" : user;
    verb = verb == null ? Verb.COUNT : verb;
  }
}
