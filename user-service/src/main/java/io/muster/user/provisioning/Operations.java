package io.muster.user.provisioning;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.user.provisioning.adding.AddingAccounts;
import io.muster.user.provisioning.changing.SettingProperties;
import io.muster.user.provisioning.enabling.EnablingAccounts;
import io.muster.user.provisioning.enabling.EnablingOrMaking;
import io.muster.user.provisioning.enabling.PreparedPassword;
import io.muster.user.provisioning.leaving.DisablingAccounts;
import io.muster.user.provisioning.leaving.RemovingAccounts;
import io.muster.user.provisioning.leaving.RestoringAccounts;
import io.muster.user.provisioning.licensing.CheckingLicenseHolders;
import io.muster.user.provisioning.resetting.SettingPasswords;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The use case of each operation. */
@ApplicationScoped
class Operations {
  private final AddingAccounts addingAccounts;
  private final EnablingAccounts enablingAccounts;
  private final EnablingOrMaking enablingOrMaking;
  private final SettingPasswords settingPasswords;
  private final SettingProperties settingProperties;
  private final RemovingAccounts removingAccounts;
  private final RestoringAccounts restoringAccounts;
  private final DisablingAccounts disablingAccounts;
  private final CheckingLicenseHolders checkingLicenseHolders;

  Operations(
      AddingAccounts addingAccounts,
      EnablingAccounts enablingAccounts,
      EnablingOrMaking enablingOrMaking,
      SettingPasswords settingPasswords,
      SettingProperties settingProperties,
      RemovingAccounts removingAccounts,
      RestoringAccounts restoringAccounts,
      DisablingAccounts disablingAccounts,
      CheckingLicenseHolders checkingLicenseHolders) {
    this.addingAccounts = addingAccounts;
    this.enablingAccounts = enablingAccounts;
    this.enablingOrMaking = enablingOrMaking;
    this.settingPasswords = settingPasswords;
    this.settingProperties = settingProperties;
    this.removingAccounts = removingAccounts;
    this.restoringAccounts = restoringAccounts;
    this.disablingAccounts = disablingAccounts;
    this.checkingLicenseHolders = checkingLicenseHolders;
  }

  /**
   * @param commands all of this operation, no two for one user or one employee id
   * @param passwords of those with a given one, compared by identity
   * @return one for each command, in the same order
   */
  List<Effect> apply(
      Operation operation, List<UserCommand> commands, Map<UserCommand, PreparedPassword> passwords)
      throws SQLException {
    return switch (operation) {
      case ADD -> addingAccounts.apply(commands, passwords);
      case ENABLE -> enable(commands, passwords);
      case SET_PASSWORD -> settingPasswords.apply(commands, passwords);
      case SET -> settingProperties.apply(commands);
      case REMOVE -> removingAccounts.apply(commands);
      case RESTORE -> restoringAccounts.apply(commands);
      case DISABLE -> disablingAccounts.apply(commands);
      case SET_LICENSES -> checkingLicenseHolders.apply(commands);
    };
  }

  /** Those that may make their accounts apart from those that may not. */
  private List<Effect> enable(
      List<UserCommand> commands, Map<UserCommand, PreparedPassword> passwords)
      throws SQLException {
    List<UserCommand> making = commands.stream().filter(UserCommand::create).toList();
    if (making.isEmpty()) {
      return enablingAccounts.apply(commands, passwords);
    }
    List<UserCommand> enabling = commands.stream().filter(c -> !c.create()).toList();
    List<UserCommand> both = new ArrayList<>(making);
    both.addAll(enabling);
    List<Effect> effects = new ArrayList<>(enablingOrMaking.apply(making, passwords));
    effects.addAll(enablingAccounts.apply(enabling, passwords));
    Map<UserCommand, Effect> byCommand = new IdentityHashMap<>();
    for (int i = 0; i < both.size(); i++) {
      byCommand.put(both.get(i), effects.get(i));
    }
    return commands.stream().map(byCommand::get).toList();
  }
}
