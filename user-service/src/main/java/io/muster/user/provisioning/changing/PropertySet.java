package io.muster.user.provisioning.changing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.user.provisioning.RowRules;
import io.muster.user.provisioning.signin.FoundAccount;
import io.muster.user.provisioning.tryout.WouldBe;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An account's properties, with the stamp of the intention that left them so: all of them have one.
 * Also the image that the table {@code change} keeps of it.
 *
 * @param properties by {@link AccountProperty#field()}; those without a value are left out
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PropertySet(
    boolean isProtected, Map<String, String> properties, Stamp propertiesStamp) {
  public PropertySet {
    Objects.requireNonNull(propertiesStamp, "propertiesStamp");
    properties = Map.copyOf(properties);
  }

  /** As a row of a set file wants it: what it leaves empty stays. */
  public PropertySet changedBy(UserCommand command) {
    Map<String, String> wanted = new TreeMap<>(properties);
    for (AccountProperty property : AccountProperty.values()) {
      String value = command.properties().get(property.field());
      if (RowRules.CLEARS.equals(value)) {
        wanted.remove(property.field());
      } else if (value != null && !value.isEmpty()) {
        wanted.put(property.field(), value);
      }
    }
    boolean protect = command.protectedAccount() == null ? isProtected : command.protectedAccount();
    return new PropertySet(protect, wanted, command.stamp());
  }

  /** What a row of a dry run would make of an account, as far as decisions need it. */
  public static WouldBe wouldBe(FoundAccount account, UserCommand command) {
    Map<String, String> known = new HashMap<>();
    known.put(AccountProperty.UNIT.field(), account.unit());
    known.put(AccountProperty.EMPLOYEE_ID.field(), account.employeeId());
    known.values().removeIf(Objects::isNull);
    PropertySet after =
        new PropertySet(account.isProtected(), known, account.propertiesStamp()).changedBy(command);
    return new WouldBe(
        account.id(),
        after.isProtected(),
        after.properties().get(AccountProperty.UNIT.field()),
        after.employeeId(),
        account.signIn(),
        after.propertiesStamp());
  }

  /** The same, as somebody else left it. */
  public PropertySet stamped(Stamp stamp) {
    return new PropertySet(isProtected, properties, stamp);
  }

  /** Null for none. */
  public String employeeId() {
    return properties.get(AccountProperty.EMPLOYEE_ID.field());
  }
}
