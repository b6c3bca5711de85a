package io.muster.contracts.command;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * One row's order to license-service. Key on the topic: the tenant, so that seats are taken in
 * dispatch order.
 *
 * @param tenant whose seats
 * @param jobId a UUIDv7
 * @param row the data row's number, from 1
 * @param stamp the age of this intention
 * @param action what to do with the seats
 * @param subscriptions SKUs, never null; empty with RELEASE means all that the user holds, with SET
 *     none
 * @param userPrincipalName whose assignments, as written
 * @param accountId the account, where user-service sent this; null from the dispatcher
 * @param actor who submitted the job
 * @param parts the parts that this row has on the bus
 * @param undoes the command that this one undoes; null for an ordinary command
 * @param reverts with RESTORE: the command of an earlier job whose effect on seats is taken back;
 *     null for all others
 * @param revertedStamp the stamp of that command; null without one
 * @param dryRun check everything, change nothing
 */
public record LicenseCommand(
    String tenant,
    UUID jobId,
    long row,
    Stamp stamp,
    Action action,
    List<String> subscriptions,
    String userPrincipalName,
    UUID accountId,
    Actor actor,
    Set<Part> parts,
    CommandId undoes,
    CommandId reverts,
    Stamp revertedStamp,
    boolean dryRun) {

  /** What to do with the seats. */
  public enum Action {
    /** A seat in each subscription, or none at all; what the user holds besides stays. */
    TAKE,
    /** Gives seats back; never refused. */
    RELEASE,
    /** The exact set: takes what is missing, gives back the rest, or does nothing at all. */
    SET,
    /**
     * With {@code reverts}: takes back what that command did to the user's seats, all of it or
     * nothing. Without: changes nothing and tells in the result's detail which seats the user held
     * when the account was removed.
     */
    RESTORE,
    /** Of a refused row's own command. */
    UNDO
  }

  public LicenseCommand {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(userPrincipalName, "userPrincipalName");
    Objects.requireNonNull(actor, "actor");
    if (row <= 0) {
      throw new IllegalArgumentException("rows count from 1");
    }
    subscriptions = subscriptions == null ? List.of() : List.copyOf(subscriptions);
    parts = parts == null ? Set.of(Part.LICENSE) : Set.copyOf(parts);
  }
}
