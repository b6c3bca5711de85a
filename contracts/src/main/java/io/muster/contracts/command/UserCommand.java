package io.muster.contracts.command;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * One row's order to user-service. Key on the topic: {@code tenant/upn} in its compared form.
 *
 * @param tenant whose account
 * @param jobId a UUIDv7
 * @param row the data row's number, from 1
 * @param stamp the age of this intention
 * @param operation what to do
 * @param userPrincipalName as written
 * @param create with ENABLE: make the account when there is none, and set the properties in either
 *     case (HR hires). Refused with USER_ALREADY_EXISTS where the name is an account with another
 *     employee id or none, with IMMUTABLE where the employee id is an account with another name,
 *     which the detail tells. False with every other operation
 * @param active with ADD: create it ACTIVE instead of DISABLED ({@code BlockSignIn} = No)
 * @param protectedAccount the row's {@code Protected}; null where the row says nothing
 * @param properties values by {@link AccountProperty#field()}; with SET, {@code -} clears
 * @param licenses with SET_LICENSES: the exact set that the user is to hold, empty for none; null
 *     where the row leaves them alone, and with every other operation
 * @param sealedPassword a given password, readable to user-service alone, for this tenant and user
 *     name; null when none was given
 * @param passwordIsHash what is sealed is a {@code PasswordHash}: verified as it is, never hashed
 * @param mustChangePassword whether a password that this command sets must be changed at the next
 *     sign-in; means nothing without one
 * @param generate with ENABLE, or an active ADD, and no given password: make one where there is
 *     none yet; false leaves such an account without a credential. Null is taken as true, since
 *     older messages lack it; never null afterwards
 * @param actor who submitted the job
 * @param parts the parts that this row has on the bus: USER, or USER and LICENSE
 * @param undoes the command that this one undoes; null for an ordinary command
 * @param reverts the command of an earlier job whose effect this one takes back, as a new intention
 *     of its own: a row of an undo job; null for all others
 * @param dryRun check everything, change nothing
 */
public record UserCommand(
    String tenant,
    UUID jobId,
    long row,
    Stamp stamp,
    Operation operation,
    String userPrincipalName,
    boolean create,
    boolean active,
    Boolean protectedAccount,
    Map<String, String> properties,
    List<String> licenses,
    String sealedPassword,
    boolean passwordIsHash,
    boolean mustChangePassword,
    Boolean generate,
    Actor actor,
    Set<Part> parts,
    CommandId undoes,
    CommandId reverts,
    boolean dryRun) {
  public UserCommand {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(userPrincipalName, "userPrincipalName");
    Objects.requireNonNull(actor, "actor");
    if (row <= 0) {
      throw new IllegalArgumentException("rows count from 1");
    }
    properties = properties == null ? Map.of() : Map.copyOf(properties);
    licenses = licenses == null ? null : List.copyOf(licenses);
    generate = generate == null || generate;
    parts = parts == null ? Set.of(Part.USER) : Set.copyOf(parts);
  }

  /** This command's name for ever. */
  public CommandId id() {
    return new CommandId(jobId, row);
  }
}
