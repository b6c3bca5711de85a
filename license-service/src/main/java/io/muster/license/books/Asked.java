package io.muster.license.books;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.license.seat.Pool;
import io.muster.license.seat.Text;
import io.muster.license.seat.User;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What has to be read before commands can be decided.
 *
 * @param named pools that commands name
 * @param wholly tenants whose pools may all be wanted: what a command will find isn't known before
 *     they are locked
 * @param users all whose seats are meant
 * @param lookingBack those of them of whom is wanted, too, what they gave back
 */
public record Asked(
    Set<Pool.Key> named, Set<String> wholly, Set<User> users, Set<User> lookingBack) {

  /** Looks the commands through; what no column takes is left out. */
  public static Asked by(List<LicenseCommand> commands) {
    Asked asked =
        new Asked(
            new LinkedHashSet<>(), new HashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    for (LicenseCommand command : commands) {
      boolean undoes = command.undoes() != null || command.action() == Action.UNDO;
      if (undoes || findsOut(command)) {
        asked.wholly.add(command.tenant());
      }
      for (String sku : command.subscriptions()) {
        if (Text.isSku(sku)) {
          asked.named.add(new Pool.Key(command.tenant(), sku));
        }
      }
      if (Text.isStorable(command.userPrincipalName())) {
        User user = User.of(command);
        asked.users.add(user);
        if (undoes || command.action() == Action.RESTORE) {
          asked.lookingBack.add(user);
        }
      }
    }
    return asked;
  }

  private static boolean findsOut(LicenseCommand command) {
    return switch (command.action()) {
      case TAKE -> false;
      case RELEASE -> command.subscriptions().isEmpty();
      case SET, UNDO -> true;
      case RESTORE -> command.reverts() != null;
    };
  }
}
