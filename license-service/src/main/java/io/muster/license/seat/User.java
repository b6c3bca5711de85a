package io.muster.license.seat;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.UserPrincipalName;

/**
 * Who holds seats.
 *
 * @param upnKey the name in the form that names are compared by
 */
public record User(String tenant, String upnKey) {
  /** Whose seats a command is about. */
  public static User of(LicenseCommand command) {
    return new User(command.tenant(), UserPrincipalName.keyOf(command.userPrincipalName()));
  }
}
