package io.muster.user.provisioning.happened;

import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.event.AccountEventType;
import io.muster.contracts.event.AccountState;
import io.muster.inbox.Happening;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command does when it finds what it is made for: a disabled account to enable, other values
 * to set. Nearly all do, so that only what happened otherwise has to be stored.
 */
public final class Usually {
  private static final List<Happening> ADDED_DISABLED =
      List.of(Happening.leaving(AccountEventType.ADDED, AccountState.DISABLED));
  private static final List<Happening> ADDED_ACTIVE =
      List.of(Happening.leaving(AccountEventType.ADDED, AccountState.ACTIVE));
  private static final List<Happening> ACTIVATED =
      List.of(Happening.leaving(AccountEventType.ACTIVATED, AccountState.ACTIVE));
  private static final List<Happening> DISABLED =
      List.of(Happening.leaving(AccountEventType.DISABLED, AccountState.DISABLED));
  private static final List<Happening> REMOVED =
      List.of(Happening.leaving(AccountEventType.REMOVED, AccountState.REMOVED));
  private static final List<Happening> RESTORED_ACTIVE =
      List.of(Happening.leaving(AccountEventType.RESTORED, AccountState.ACTIVE));
  private static final List<Happening> PASSWORD_RESET =
      List.of(Happening.of(AccountEventType.PASSWORD_RESET));

  private Usually() {}

  /**
   * What a command does that was applied.
   *
   * @param command of an undo, or one that only tries, nothing is usual
   */
  public static List<Happening> of(UserCommand command) {
    if (command.dryRun() || command.undoes() != null || command.reverts() != null) {
      return List.of();
    }
    return switch (command.operation()) {
      case ADD -> command.active() ? ADDED_ACTIVE : ADDED_DISABLED;
      case ENABLE -> enabled(command);
      case SET_PASSWORD -> PASSWORD_RESET;
      case SET -> changed(command);
      case REMOVE -> REMOVED;
      case RESTORE -> RESTORED_ACTIVE;
      case DISABLE -> DISABLED;
      case SET_LICENSES -> List.of();
    };
  }

  /** What an {@code enable} does that has made its account. */
  public static List<Happening> ofMaking() {
    return ADDED_ACTIVE;
  }

  /**
   * What has to be stored of it.
   *
   * @return null when it is just the usual, and for what is only tried
   */
  public static List<Happening> unless(UserCommand command, List<Happening> happened) {
    return command.dryRun() || happened.equals(of(command)) ? null : happened;
  }

  private static List<Happening> enabled(UserCommand command) {
    if (!command.create()) {
      return ACTIVATED;
    }
    List<Happening> both = new ArrayList<>(ACTIVATED);
    both.addAll(changed(command));
    return both;
  }

  private static List<Happening> changed(UserCommand command) {
    List<String> names = new ArrayList<>();
    for (AccountProperty property : AccountProperty.values()) {
      String value = command.properties().get(property.field());
      if (value != null && !value.isEmpty()) {
        names.add(property.field());
      }
    }
    if (command.protectedAccount() != null) {
      names.add(Differences.PROTECTED);
    }
    return names.isEmpty() ? List.of() : List.of(Happening.about(AccountEventType.CHANGED, names));
  }
}
